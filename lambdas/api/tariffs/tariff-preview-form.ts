import * as z from 'zod';
import type { PlannedSession } from '../../../core/tariff/preview/planned-session.ts';
import type { PlannedPlace } from '../../../core/tariff/preview/preview-price.ts';
import { parseDecimal, scaleDecimal } from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { duration, type Instant } from '../../../core/units/instant.ts';
import { parseInstant } from '../../../core/units/parse-instant.ts';
import { milliWatts } from '../../../core/units/power.ts';
import { instantsAtLocal } from '../../../core/units/time-zone.ts';
import type { Detail } from '../../http/answer.ts';
import { longestTime } from '../../http/time-form.ts';
import { decimal, timeZone } from '../forms.ts';

/** A month: no session that is planned lasts longer. */
const longestMinutes = 44_640n;

/** A decimal from 0 on of at most so many places and size, as a whole number of its last place. */
const scaled = (decimals: number, most: bigint) =>
  decimal.transform((text, context) => {
    const read = parseDecimal(text);
    const value = read === undefined ? undefined : scaleDecimal(read, decimals);
    if (value !== undefined && value >= 0n && value <= most * 10n ** BigInt(decimals)) return value;
    const message = `The value must be from 0 to ${most} with at most ${decimals} decimals.`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** Minutes with at most 3 decimals, in milliseconds. */
const minutes = scaled(3, longestMinutes).transform((thousandths) => duration(thousandths * 60n));

const MessageContext = z.strictObject({
  afterMinutes: minutes,
  kw: scaled(6, 10_000n).transform(milliWatts),
});

/** A session as somebody describes it, to see what it would cost. */
export const PreviewForm = z.strictObject({
  startedAt: z.string().max(longestTime),
  timeZone: timeZone.nullish(),
  durationMinutes: minutes,
  idleMinutes: minutes.default(duration(0n)),
  energyKwh: scaled(6, 100_000n).transform(milliWattHours).nullish(),
  powerCurve: z.array(MessageContext).min(1).max(500).nullish(),
  version: z.int().min(1).nullish(),
});

type Description = z.infer<typeof PreviewForm>;

/** A description that can be priced, or what keeps it from that. */
export type ReadPlan =
  | { readonly kind: 'plan'; readonly plan: PlannedSession; readonly place: PlannedPlace }
  | { readonly kind: 'refused'; readonly details: readonly Detail[] };

type Start =
  | { readonly kind: 'start'; readonly at: Instant; readonly place: PlannedPlace }
  | { readonly kind: 'refused'; readonly message: string };

const offsetOf = (text: string): string => {
  const [, sign = '', hours = '00', minute = '00'] =
    /([+-])(\d{2})(?::?(\d{2}))?$/.exec(text.trim()) ?? [];
  return `${hours}${minute}` === '0000' ? 'UTC' : `${sign}${hours}:${minute}`;
};

const localStart = (local: bigint, zone: string): Start => {
  const [at, again] = instantsAtLocal(local, zone);
  const place = { timeZone: zone, zoneAssumed: false, startRepeats: again !== undefined };
  return at === undefined
    ? { kind: 'refused', message: `The clock skips this time in ${zone} on that day.` }
    : { kind: 'start', at, place };
};

const startOf = ({ startedAt, timeZone: zone }: Description): Start => {
  const parsed = parseInstant(startedAt);
  switch (parsed.kind) {
    case 'instant': {
      const place = {
        timeZone: zone ?? offsetOf(startedAt),
        zoneAssumed: !zone,
        startRepeats: false,
      };
      return { kind: 'start', at: parsed.at, place };
    }
    case 'no-zone':
      return zone
        ? localStart(parsed.local, zone)
        : {
            kind: 'refused',
            message: 'A time needs Z or an offset, or a timeZone in its own field.',
          };
    case 'malformed':
      return {
        kind: 'refused',
        message: 'The value must be an ISO 8601 time, as in 2026-04-14T18:30:00Z.',
      };
    default:
      return parsed satisfies never;
  }
};

const curveDetails = (
  curve: NonNullable<Description['powerCurve']>,
  charging: bigint,
): readonly Detail[] =>
  curve.flatMap(({ afterMinutes: after }, index) => {
    const path = `body.powerCurve.${index}.afterMinutes`;
    const before = curve[index - 1]?.afterMinutes;
    if (before !== undefined && after <= before) {
      return [
        { path, message: 'Each step of the power curve must begin later than the one before it.' },
      ];
    }
    return after < charging
      ? []
      : [{ path, message: 'A step of the power curve must begin before charging ends.' }];
  });

const takenDetails = (form: Description): readonly Detail[] => {
  const { energyKwh: energy, powerCurve: curve } = form;
  const charging = form.durationMinutes - form.idleMinutes;
  if (charging < 0n) {
    const message = 'idleMinutes are part of durationMinutes and must not exceed it.';
    return [{ path: 'body.idleMinutes', message }];
  }
  if (curve) {
    return energy === undefined || energy === null
      ? curveDetails(curve, charging)
      : [{ path: 'body.energyKwh', message: 'Give either energyKwh or powerCurve.' }];
  }
  if (energy === undefined || energy === null) {
    return [{ path: 'body.energyKwh', message: 'Give either energyKwh or powerCurve.' }];
  }
  return energy > 0n && charging === 0n
    ? [{ path: 'body.energyKwh', message: 'Energy must be 0 when no time is spent charging.' }]
    : [];
};

const takenOf = ({ energyKwh, powerCurve }: Description): PlannedSession['taken'] =>
  powerCurve
    ? {
        kind: 'power',
        steps: powerCurve.map(({ afterMinutes: after, kw: power }) => ({ after, power })),
      }
    : { kind: 'energy', energy: energyKwh ?? milliWattHours(0n) };

/** Reads a described session as one to be priced; refused with every path that contradicts another. */
export function readPlan(form: Description): ReadPlan {
  const start = startOf(form);
  const details = [
    ...(start.kind === 'refused' ? [{ path: 'body.startedAt', message: start.message }] : []),
    ...takenDetails(form),
  ];
  if (start.kind === 'refused' || details.length > 0) return { kind: 'refused', details };
  const plan: PlannedSession = {
    startedAt: start.at,
    duration: form.durationMinutes,
    idle: form.idleMinutes,
    taken: takenOf(form),
  };
  return { kind: 'plan', plan, place: start.place };
}
