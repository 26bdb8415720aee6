import { duration, type Instant, instant, isoInstant } from '../../units/instant.ts';
import type { OffsetSpan } from '../../units/offset-span.ts';
import { offsetSpans, zoneOfSpans } from '../../units/time-zone.ts';
import { timeZoneVersion } from '../../units/zone-table.ts';

/**
 * The local time by which a session was measured and priced: laws change it, and whoever has other data about a zone must
 * come to the same bill.
 */
export type ZoneRecord = {
  /** The version of the IANA database, as in `2026c`. */
  readonly version: string;
  /** How far local time was ahead of UTC, in minutes, and since when, ISO 8601 in UTC; ascending. */
  readonly offsets: readonly { readonly from: string; readonly minutes: number }[];
  /** The end of the time that this is about, ISO 8601 in UTC. */
  readonly until: string;
};

/** Start and end of a session. */
type Extent = { readonly startedAt: Instant; readonly endedAt: Instant };

/** Days around a session that its record covers: times that its charger may have meant lie within them. */
const margin = 2n * 86_400_000n;

/** Records the offsets of a zone around a session, as our data have them. */
export const recordZone = (zone: string, { startedAt, endedAt }: Extent): ZoneRecord => {
  const until = instant((endedAt < startedAt ? startedAt : endedAt) + margin);
  return {
    version: timeZoneVersion,
    offsets: offsetSpans(instant(startedAt - margin), until, zone).map(({ from, offset }) => ({
      from: isoInstant(from),
      minutes: Number(offset / 60_000n),
    })),
    until: isoInstant(until),
  };
};

/** Says whether a record covers a session: late readings may have made it longer. */
export const coversSession = (
  { offsets, until }: ZoneRecord,
  { startedAt, endedAt }: Extent,
): boolean => startedAt >= Date.parse(offsets[0]?.from ?? '') && endedAt <= Date.parse(until);

/** The zone that a record is of, with the recorded offsets: see zoneOfSpans. */
export const recordedZone = ({ offsets }: ZoneRecord): string =>
  zoneOfSpans(
    offsets.map(
      ({ from, minutes }): OffsetSpan => ({
        from: instant(BigInt(Date.parse(from))),
        offset: duration(BigInt(minutes) * 60_000n),
      }),
    ),
  );

/** Says whether our data have other offsets for a zone than a record. */
export const differsFromOurs = (zone: string, record: ZoneRecord): boolean => {
  const from = record.offsets[0]?.from ?? '';
  const ours = offsetSpans(
    instant(BigInt(Date.parse(from))),
    instant(BigInt(Date.parse(record.until))),
    zone,
  );
  return (
    ours.length !== record.offsets.length ||
    ours.some(({ from: at, offset }, index) => {
      const stated = record.offsets[index];
      return stated?.from !== isoInstant(at) || BigInt(stated.minutes) * 60_000n !== offset;
    })
  );
};
