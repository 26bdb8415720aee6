import { decimalOf, formatDecimal } from '../units/decimal.ts';
import { between, type Duration, duration } from '../units/instant.ts';
import type { StateInterval } from './state-intervals.ts';
import type { UptimeDefinition } from './uptime-definition.ts';

/** The uptime of a connector by a definition. */
export type Uptime = {
  /** All that is known of the window. */
  readonly counted: Duration;
  /** In states that are outages, what was set aside included. */
  readonly outage: Duration;
  /** The part of the outage that was set aside. */
  readonly excluded: Duration;
  /** Neither up nor down. */
  readonly leftOut: Duration;
  /** Percent with 3 decimals, rounded down, so that none is shown that was not reached; null where nothing was counted. */
  readonly percent: string | null;
  /** Whether the threshold was reached, by the exact figures; null where nothing was counted. */
  readonly isReached: boolean | null;
};

/** 525,600 minutes. */
const year = 525_600n * 60_000n;

const decimals = 3;
const hundredPercent = 100n * 10n ** BigInt(decimals);

const lengthOf = (
  intervals: readonly StateInterval[],
  isOne: (interval: StateInterval) => boolean = () => true,
): bigint =>
  intervals.filter(isOne).reduce((sum, interval) => sum + between(interval.from, interval.to), 0n);

/** Whether an interval is neither up nor down. */
const isLeftOut =
  ({ leftOut, aside }: UptimeDefinition) =>
  ({ state, isAside }: StateInterval): boolean =>
    leftOut.includes(state) || (aside === 'left-out' && isAside);

function reaches(up: bigint, all: bigint, definition: UptimeDefinition): boolean {
  const [have, want] = [
    up * hundredPercent,
    decimalOf(definition.thresholdPercent, decimals) * all,
  ];
  return definition.reachedBy === 'at-least' ? have >= want : have > want;
}

/** Computes the uptime of a connector from its intervals in the window of a definition. */
export function measureUptime(
  intervals: readonly StateInterval[],
  definition: UptimeDefinition,
): Uptime {
  const isDown = ({ state }: StateInterval): boolean => definition.down.includes(state);
  const counted = lengthOf(intervals);
  const outage = lengthOf(intervals, isDown);
  const excluded = lengthOf(intervals, (one) => isDown(one) && one.isAside);
  const leftOut = lengthOf(intervals, isLeftOut(definition));
  const lost = lengthOf(intervals, (one) => isDown(one) && !one.isAside);
  const all = counted === 0n ? 0n : definition.denominator === 'year' ? year : counted - leftOut;
  // A window of a leap year is longer than the year of the formula.
  const up = all > lost ? all - lost : 0n;
  return {
    counted: duration(counted),
    outage: duration(outage),
    excluded: duration(excluded),
    leftOut: duration(leftOut),
    percent: all === 0n ? null : formatDecimal((up * hundredPercent) / all, decimals),
    isReached: all === 0n ? null : reaches(up, all, definition),
  };
}
