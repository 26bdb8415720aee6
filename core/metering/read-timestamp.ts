import { type Instant, instant } from '../units/instant.ts';
import type { AnomalyCode } from './anomaly-codes.ts';

/** A charger's timestamp as a point in time, with what had to be forgiven. */
export type ReadTimestamp = {
  readonly at: Instant;
  /** Our clock, when the charger's is more than 5 minutes off and it does not say that it was offline. */
  readonly received?: Instant;
  readonly notes: readonly AnomalyCode[];
};

const form =
  /^(\d{4})-?(\d\d)-?(\d\d)[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?\s*(Z|z|[+-]\d\d(?::?\d\d)?)?$/;
const standard = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const earliest = Date.UTC(2015, 0, 1);

/** How far the charger's clock may be from ours before the difference is looked at: 5 minutes. */
export const clockTolerance = 5 * 60_000;

/**
 * Reads a charger's timestamp: ISO 8601 and what chargers make of it. A time without zone is UTC, one before 2015 or
 * one that cannot be read is the time of receipt (`receivedAt`, epoch milliseconds).
 */
export const readTimestamp = (
  text: string,
  receivedAt: number,
  offline: boolean,
): ReadTimestamp => {
  const written = writtenTime(text.trim());
  if (written === undefined) return asReceived(receivedAt, 'TS_UNPARSEABLE');
  const { epochMs, hasZone } = written;
  if (epochMs < earliest) return asReceived(receivedAt, 'TS_EPOCH');
  const suspicious = !offline && Math.abs(epochMs - receivedAt) > clockTolerance;
  const notes: AnomalyCode[] = [];
  if (!hasZone) notes.push('TS_NO_TZ');
  if (!standard.test(text)) notes.push('TS_NONSTANDARD');
  return {
    at: instant(BigInt(epochMs)),
    ...(suspicious && { received: instant(BigInt(receivedAt)) }),
    notes,
  };
};

const asReceived = (receivedAt: number, note: AnomalyCode): ReadTimestamp => ({
  at: instant(BigInt(receivedAt)),
  notes: [note],
});

type WrittenTime = { readonly epochMs: number; readonly hasZone: boolean };

const writtenTime = (text: string): WrittenTime | undefined => {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone] = match;
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  // Date.parse refuses months and hours that do not exist; the days of a month it would let pass.
  if (Number(day) > daysIn(Number(year), Number(month))) return undefined;
  const epochMs = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}${offsetOf(zone ?? 'Z')}`,
  );
  return Number.isNaN(epochMs) ? undefined : { epochMs, hasZone: zone !== undefined };
};

const daysIn = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

const offsetOf = (zone: string): string => {
  if (/^[Zz]$/.test(zone)) return 'Z';
  return `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
};
