import { type Instant, instant } from '../../units/instant.ts';
import { parseInstant } from '../../units/parse-instant.ts';
import { instantsAtLocal, zoneOffset } from '../../units/time-zone.ts';
import type { AnomalyCode } from '../model/anomaly-codes.ts';

/** A charger's timestamp as a point in time, with what had to be tolerated. */
export type ReadTimestamp = {
  readonly at: Instant;
  /** Our clock, when the charger's is more than 5 minutes off and it does not say that it was offline. */
  readonly received?: Instant;
  /** The charger's clock, where it was never set and `at` is the time of receipt. */
  readonly unset?: Instant;
  /** True where the charger says that it was offline. */
  readonly offline?: true;
  readonly notes: readonly AnomalyCode[];
};

const standard = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const earliest = BigInt(Date.UTC(2015, 0, 1));

/** True for the time of a clock that was never set: before 2015. */
export const isUnset = (at: bigint): boolean => at < earliest;

/** How far the charger's clock may be from ours, in ms, before the difference matters: 5 minutes. */
export const clockTolerance = 5n * 60_000n;

/** For longer than this, in ms, no charger keeps a session before it reports it: two years. */
export const longestKept = 2n * 365n * 86_400_000n;

/**
 * Reads a charger's timestamp: ISO 8601 and what chargers make of it. A time without zone is one of `zone`, the IANA zone
 * of the charger; one before 2015, or one that cannot be read, is the time of receipt (`receivedAt`, epoch milliseconds).
 */
export const readTimestamp = (
  text: string,
  receivedAt: number,
  offline: boolean,
  zone = utc,
): ReadTimestamp => {
  const parsed = parseInstant(text);
  const received = instant(BigInt(receivedAt));
  if (parsed.kind === 'malformed') return { at: received, notes: ['TS_UNPARSEABLE'] };
  const at = parsed.kind === 'instant' ? parsed.at : atLocal(parsed.local, zone, received);
  if (isUnset(at)) return { at: received, unset: at, notes: ['TS_EPOCH'] };
  const lag = at - received;
  const isSuspicious = !offline && (lag > clockTolerance || lag < -clockTolerance);
  const notes: AnomalyCode[] = [];
  if (parsed.kind === 'no-zone') notes.push('TS_NO_TZ');
  if (!standard.test(text)) notes.push('TS_NONSTANDARD');
  return { at, ...(isSuspicious && { received }), ...(offline && { offline }), notes };
};

const utc = 'UTC';

/** A local time as a point in time: of an hour that happens twice the later one that we can have heard of by then. */
const atLocal = (local: bigint, zone: string, received: Instant): Instant => {
  if (zone === utc) return instant(local);
  const candidates = instantsAtLocal(local, zone);
  return (
    candidates.findLast((at) => at <= received + clockTolerance) ??
    candidates[0] ??
    instant(local - zoneOffset(instant(local), zone))
  );
};
