import type { MilliWattHours } from '../../units/energy.ts';
import type { Price } from '../model/price.ts';
import type { Tariff } from '../model/tariff.ts';
import { validAt } from '../model/valid-at.ts';
import { priceSession } from '../price-session.ts';
import { isTimeDependent } from '../rate/is-time-dependent.ts';
import { rateCardOf } from '../rate/rate-card.ts';
import { lintTariff, type TariffWarning } from '../validate/lint-tariff.ts';
import { meterPlannedSession, type PlannedSession } from './planned-session.ts';

/** Something about a preview that its reader may not have meant: where in the request, and one clear sentence. */
export type PreviewWarning = {
  readonly path: string;
  readonly code:
    | 'PREVIEW_TARIFF_NOT_YET_VALID'
    | 'PREVIEW_TARIFF_NO_LONGER_VALID'
    | 'PREVIEW_TIME_ZONE_ASSUMED'
    | 'PREVIEW_START_REPEATS';
  readonly message: string;
};

/** Where a planned session takes place: its time zone, and how far it was stated. */
export type PlannedPlace = {
  /** A name of the IANA database, or an offset as in +02:00. */
  readonly timeZone: string;
  /** True where only the start's offset from UTC is known. */
  readonly zoneAssumed: boolean;
  /** True where the start is a local time that happens twice. */
  readonly startRepeats: boolean;
};

/** The price of a planned session, with warnings. */
export type PricePreview = {
  readonly price: Price;
  /** All that the session takes. */
  readonly energy: MilliWattHours;
  readonly warnings: readonly (PreviewWarning | TariffWarning)[];
};

const validityWarnings = (tariff: Tariff, plan: PlannedSession): readonly PreviewWarning[] => {
  const path = 'startedAt';
  const validity = validAt(tariff, plan.startedAt);
  switch (validity) {
    case 'valid':
      return [];
    case 'not-yet':
      return [
        {
          path,
          code: 'PREVIEW_TARIFF_NOT_YET_VALID',
          message: `The tariff is valid from ${tariff.validFrom}; the session starts earlier.`,
        },
      ];
    case 'no-longer':
      return [
        {
          path,
          code: 'PREVIEW_TARIFF_NO_LONGER_VALID',
          message: `The tariff is valid until ${tariff.validUntil}; the session starts later.`,
        },
      ];
    default:
      return validity satisfies never;
  }
};

const placeWarnings = (tariff: Tariff, place: PlannedPlace): readonly PreviewWarning[] => [
  ...(place.zoneAssumed && isTimeDependent(rateCardOf(tariff))
    ? [
        {
          path: 'timeZone',
          code: 'PREVIEW_TIME_ZONE_ASSUMED' as const,
          message: `The tariff depends on the time of day and no time zone was given: ${place.timeZone}, the offset of startedAt, was used.`,
        },
      ]
    : []),
  ...(place.startRepeats
    ? [
        {
          path: 'startedAt',
          code: 'PREVIEW_START_REPEATS' as const,
          message:
            'This local time occurs twice on that day; the first occurrence was used. Give an offset to choose.',
        },
      ]
    : []),
];

/** Prices a planned session under a validated tariff, the way that a real one is priced. */
export const previewPrice = (
  tariff: Tariff,
  plan: PlannedSession,
  place: PlannedPlace,
): PricePreview => {
  const metered = meterPlannedSession(plan);
  return {
    price: priceSession(tariff, metered, place.timeZone),
    energy: metered.energy,
    warnings: [
      ...validityWarnings(tariff, plan),
      ...placeWarnings(tariff, place),
      ...lintTariff(tariff),
    ],
  };
};
