import type { CdrContent } from '../../cdr/model/cdr.ts';
import type { PriceLine } from '../../tariff/model/price.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Loss } from '../codec/losses.ts';
import { sumOf } from '../common/decimal-text.ts';
import type { CdrLocation, PartnerCdr } from '../model/cdr.ts';
import type { PartnerPrice } from '../model/shared.ts';
import { cdrPeriods, hoursText, kwhText, parkingHours } from './cdr-periods.ts';
import { cdrSignedData } from './cdr-signed-data.ts';
import type { SharedDriver, SharedPlace } from './shared-session.ts';
import { momentOf } from './stated-power.ts';
import { tariffSnapshot } from './tariff-snapshot.ts';

/** A CDR for the partner of its driver with what OCPI has no field for, or why there is none. */
export type CdrForPartner =
  | { readonly kind: 'cdr'; readonly cdr: PartnerCdr; readonly losses: readonly Loss[] }
  | { readonly kind: 'impossible'; readonly reason: string };

const notApplicable = '#NA';

const locationOfCdr = ({ location, evse, connector }: SharedPlace): CdrLocation =>
  omitUndefined({
    id: location.id,
    name: location.name,
    address: location.address,
    city: location.city,
    postalCode: location.postalCode,
    state: location.state,
    country: location.country,
    coordinates: location.coordinates,
    evseUid: evse.uid,
    evseId: evse.evseId ?? notApplicable,
    connectorId: connector.id,
    connectorStandard: connector.standard,
    connectorFormat: connector.format,
    connectorPowerType: connector.powerType,
    timeZone: location.timeZone,
  });

/** The lines of a component added up; undefined where it has none. */
const partOf = (
  lines: readonly PriceLine[],
  component: PriceLine['component'],
): PartnerPrice | undefined => {
  const own = lines.filter((line) => line.component === component);
  return own.length === 0
    ? undefined
    : {
        exclVat: sumOf(own.map(({ exclVat }) => exclVat)),
        inclVat: sumOf(own.map(({ inclVat }) => inclVat)),
      };
};

const wholeOf = ({ exclVat, inclVat }: { exclVat: string; inclVat: string }): PartnerPrice => ({
  exclVat: sumOf([exclVat]),
  inclVat: sumOf([inclVat]),
});

/** Parts of our price that OCPI has no field for. */
const priceLosses = ({ lines }: CdrContent): readonly Loss[] =>
  lines
    .filter(({ component }) => component === 'PROMO_CODE')
    .map(({ exclVat, reason }) => ({
      path: 'totalCost',
      lost: JSON.stringify({ promoCode: exclVat, reason }),
      instead: null,
    }));

/** Signed values that OCPI has no room for, or whose record the CDR does not keep whole. */
const signedLosses = ({ evidence }: CdrContent, sent: number): readonly Loss[] => {
  const { signedValues = [], signedValuesLeftOut = 0 } = evidence;
  const left = signedValues.length + signedValuesLeftOut - sent;
  return left === 0
    ? []
    : [{ path: 'signedData.signedValues', lost: JSON.stringify({ records: left }), instead: null }];
};

function compose(
  content: CdrContent,
  tariff: Tariff,
  total: NonNullable<CdrContent['total']>,
  { party, token, authMethod, authorizationReference }: SharedDriver,
  place: SharedPlace,
  shownAt: string,
): CdrForPartner {
  const { lines, creditOf } = content;
  const snapshot = tariffSnapshot(party, tariff, content.startedAt);
  const signedData = cdrSignedData(content);
  const cdr: PartnerCdr = omitUndefined({
    countryCode: party.countryCode,
    partyId: party.partyId,
    id: content.cdrId,
    startDateTime: content.startedAt,
    endDateTime: content.endedAt,
    sessionId: content.sessionId,
    cdrToken: token,
    authMethod,
    authorizationReference,
    location: locationOfCdr(place),
    currency: total.currency,
    tariffs: [snapshot.tariff],
    chargingPeriods: cdrPeriods(content, tariff),
    signedData,
    totalCost: wholeOf(total),
    totalFixedCost: partOf(lines, 'FLAT'),
    totalEnergy: kwhText(content.energyKwh),
    totalEnergyCost: partOf(lines, 'ENERGY'),
    totalTime: hoursText(momentOf(content.endedAt) - momentOf(content.startedAt)),
    totalTimeCost: partOf(lines, 'TIME'),
    totalParkingTime: parkingHours(content, tariff),
    totalParkingCost: partOf(lines, 'PARKING_TIME'),
    credit: creditOf === null ? undefined : true,
    creditReferenceId: creditOf ?? undefined,
    lastUpdated: shownAt,
  });
  return {
    kind: 'cdr',
    cdr,
    losses: [
      ...snapshot.losses,
      ...priceLosses(content),
      ...signedLosses(content, signedData?.signedValues.length ?? 0),
    ],
  };
}

/**
 * A sealed CDR for the partner of its driver: periods split where the price changed, the tariff as it was, the totals of the seal
 * to their last digit. `shownAt` is when partners first see it (ISO 8601 in UTC). The rounding is that of the seal; only times are rounded here, to millionths of an hour (`hoursText`).
 */
export const partnerCdr = (
  content: CdrContent,
  driver: SharedDriver,
  place: SharedPlace | { readonly missing: string },
  shownAt: string,
): CdrForPartner => {
  if ('missing' in place) return { kind: 'impossible', reason: place.missing };
  const { tariff, total } = content;
  if (tariff === null || total === null) {
    return { kind: 'impossible', reason: 'The CDR is held: it states no price.' };
  }
  return compose(content, tariff, total, driver, place, shownAt);
};
