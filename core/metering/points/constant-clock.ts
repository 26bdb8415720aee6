import { type Instant, instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import { type Clock, type Dated, heardOf, liveOf } from './correct-clock.ts';
import type { Sample } from './points.ts';
import { clockTolerance, isUnset, longestKept } from './read-timestamp.ts';
import {
  furthestZone,
  type Heard,
  isOffBy,
  lengthOf,
  nearestQuarter,
  sameClock,
  spanOf,
  type ZoneLevel,
  zoneLevels,
} from './zone-levels.ts';

/** Start and stop of a session by both clocks, as far as there are any. */
type HeardEnds = { readonly start?: Heard; readonly stop?: Heard };

const quarterHour = 15n * 60_000n;

/** A clock that was set right shows it in readings over a longer time than this, in ms: what waited came within 5 minutes of a right time by chance. */
const byChance = 12n * 60_000n;

/** How much longer than another a message may be on its way, in ms, without having waited: 10 seconds. */
const transmission = 10_000n;

const leadOf = ({ at, received }: Heard): bigint => at - received;

const isLive = (heard: Heard): boolean =>
  leadOf(heard) <= clockTolerance && leadOf(heard) >= -clockTolerance;

/**
 * The clock of a charger that is wrong by a constant while messages of the session waited for a connection; undefined where it is not. A message can only
 * come late: the one whose clock is furthest ahead of ours shows by how much it is. Everything is shifted by that, what waited and what the
 * charger kept offline as well, so that no outage changes how long the session lasted (`TS_CONST_OFFSET`):
 * - a clock that shows other zones one after the other, as local time does when summer time begins, and never the right time;
 * - a clock that is ahead, by whatever it is, between a start and a stop with all readings between them.
 * A stop that is dated rightly after a start ahead, with nothing that shows whether the clock was set or the stop waited for just as long, is
 * not known (`CLOCK_JUMPED`).
 */
export const constantClock = (
  samples: readonly Sample[],
  ends: HeardEnds,
  states: readonly Dated[],
  recordAnomaly: RecordAnomaly,
): Clock | undefined => {
  const both = [ends.start, ends.stop].filter((end) => end !== undefined);
  const heard = [...both.filter((end) => !isLive(end)), ...heardOf(samples)];
  if (heard.length === 0) return undefined;
  const live = [...both.filter(isLive).map(({ at }) => at), ...liveOf(samples)];
  const levels = live.length === 0 ? levelsOf(heard) : [];
  if (levels.length > 0) return shiftedBy((one) => offsetAt(levels, one), recordAnomaly);
  const ahead = leadAhead({ samples, states: heardOf(states) }, ends, heard);
  if (ahead === 'unclear') recordAnomaly('CLOCK_JUMPED', both[0]?.received ?? 0n);
  return typeof ahead === 'bigint' ? shiftedBy(() => ahead, recordAnomaly) : undefined;
};

const shiftedBy =
  (offsetOf: (heard: Heard) => bigint, recordAnomaly: RecordAnomaly): Clock =>
  ({ at, received }) => {
    if (isUnset(at)) return received ?? at;
    const shifted = instant(at - offsetOf({ at, received: received ?? at }));
    if (received !== undefined && shifted > received + clockTolerance) {
      recordAnomaly('TS_FUTURE', received);
      return received;
    }
    recordAnomaly('TS_CONST_OFFSET', shifted);
    return shifted;
  };

/** The offsets that explain all that was heard of a clock: of zones, one after the other, or of one that is behind. */
const levelsOf = (heard: readonly Heard[]): readonly ZoneLevel[] => {
  const levels = zoneLevels(heard, []);
  const { to: most } = spanOf(heard.map(leadOf));
  if (levels.length === 0) return behindBy(most, heard);
  const follow = levels.every(({ from }, index) => (levels[index - 1]?.to ?? from - 1n) < from);
  const { to: ahead } = spanOf(levels.map(({ offset }) => offset));
  return follow && most <= ahead + sameClock ? levels : [];
};

/** A clock that is behind by what its least late messages show, at least 3 of which came as they were taken: no queue is that regular. */
const behindBy = (most: bigint, heard: readonly Heard[]): readonly ZoneLevel[] => {
  const same = heard.filter((one) => isOffBy(leadOf(one), most));
  if (most > 0n || most < -furthestZone || !isLasting(same)) return [];
  return [{ offset: most, ...spanOf(same.map(({ received }) => received)) }];
};

/** By which zone something is dated: the one that it shows, or, if it waited, the first that lasted until it came or later. */
const offsetAt = (levels: readonly ZoneLevel[], heard: Heard): bigint => {
  const shown = levels.find(({ offset }) => isOffBy(leadOf(heard), offset));
  const lasting = levels.find(({ to }) => heard.received <= to) ?? levels.at(-1);
  return (shown ?? lasting)?.offset ?? 0n;
};

/** By how much a clock was ahead from the start to the stop, in ms; undefined where it was not, or nothing waited. */
const leadAhead = (
  { samples, states }: { readonly samples: readonly Sample[]; readonly states: readonly Heard[] },
  { start, stop }: HeardEnds,
  heard: readonly Heard[],
): bigint | 'unclear' | undefined => {
  const ahead = heard.filter((one) => leadOf(one) > clockTolerance);
  const { to: most } = spanOf(ahead.map(leadOf));
  if (start === undefined || stop === undefined || ahead.length === 0) return undefined;
  if (most > longestKept || !isWithin(samples, start, stop)) return undefined;
  const all = [start, stop, ...heard, ...states];
  const isLate = all.some((one) => leadOf(one) < most - transmission);
  if (!isLate && !samples.some(({ offline }) => offline)) return undefined;
  const waited = all.filter((one) => leadOf(one) < most - sameClock);
  const right = rightTimes(samples, [start, stop], { ahead, waited });
  const offset = isOffBy(most, nearestQuarter(most)) ? nearestQuarter(most) : most;
  if (right.length === 0) return offset;
  if (lengthOf(right) > byChance) return undefined;
  return ifEndIsRight(offset, { start, stop }, right, heard);
};

/**
 * The same where an end is dated rightly: it waited for as long as the clock was ahead, by chance, or the clock was set. Less than a quarter of an hour is
 * decided by what chargers do: they set a clock that is ahead, and not ahead one that is right.
 */
const ifEndIsRight = (
  offset: bigint,
  { start, stop }: Required<HeardEnds>,
  right: readonly Instant[],
  heard: readonly Heard[],
): bigint | 'unclear' | undefined => {
  const { from, to } = spanOf(
    heard.filter((one) => leadOf(one) > clockTolerance).map(({ received }) => received),
  );
  const isFar = offset >= quarterHour;
  if (isLive(start) && right.every((at) => at <= from + clockTolerance)) {
    return isFar ? 'unclear' : offset;
  }
  if (!isLive(stop) || right.some((at) => at < to)) return undefined;
  if (isLasting(heard.filter((one) => isOffBy(leadOf(one), offset)))) return offset;
  return isFar ? 'unclear' : undefined;
};

/** Whether at least 3 messages, each counted once though it has several values, came over two minutes. */
const isLasting = (same: readonly Heard[]): boolean =>
  new Set(same.map(({ at }) => at)).size >= 3 &&
  lengthOf(same.map(({ at }) => at)) >= 2n * sameClock;

/** Whether the charger's own times are in order: a clock that was set back dates readings before the start or after the stop. */
const isWithin = (samples: readonly Sample[], start: Heard, stop: Heard): boolean =>
  start.at <= stop.at &&
  samples.every(({ at }) => at >= start.at - clockTolerance && at <= stop.at + clockTolerance);

/**
 * The times that only a clock which was set right explains: those that are right, but for the ends that lie among what is ahead, and for readings that came
 * together with others that had waited.
 */
const rightTimes = (
  samples: readonly Sample[],
  ends: readonly Heard[],
  { ahead, waited }: { readonly ahead: readonly Heard[]; readonly waited: readonly Heard[] },
): readonly Instant[] => {
  const { from, to } = spanOf(ahead.map(({ received }) => received));
  // Messages that waited come many at a time, and a long session has thousands of them.
  const receipts = [...new Set(waited.map(({ received }) => received))];
  const cameTogether = (at: Instant): boolean =>
    receipts.some((received) => at >= received - clockTolerance && at <= received + clockTolerance);
  return [
    ...ends
      .filter(
        (end) => isLive(end) && (end.received < from - sameClock || end.received > to + sameClock),
      )
      .map(({ at }) => at),
    ...liveOf(samples).filter((at) => !cameTogether(at)),
  ];
};
