import { describe, expect, it } from 'vitest';
import { sumIntervals } from '../../../core/metering/energy/sum-intervals.ts';
import type { Occasion } from '../../../core/metering/points/points.ts';
import { physicalBound } from '../../../core/metering/register/physical-bound.ts';
import type { SessionWindow } from '../../../core/metering/register/session-window.ts';
import { at, minute, noting, registers, stoppedAfter, wattHour } from './by-minute.ts';

const wh = (count: number): bigint => BigInt(count) * wattHour;

type Taken = readonly (readonly [number, bigint])[];

const sum = (
  taken: Partial<Record<Occasion, Taken>>,
  window: SessionWindow = stoppedAfter(60),
  watts?: number,
) => {
  const totals = new Map<Occasion, ReturnType<typeof registers>>();
  for (const occasion of ['sample', 'clock', 'end', 'begin'] as const) {
    const points = taken[occasion];
    if (points !== undefined) totals.set(occasion, registers(...points));
  }
  const { answer, notes } = noting((recordAnomaly) =>
    sumIntervals(totals, window, physicalBound(watts), recordAnomaly),
  );
  return [answer.steps.map((step) => [Number((step.at - at(0)) / minute), step.energy]), notes];
};

const quarters: Taken = [
  [15, wh(100)],
  [30, wh(300)],
  [45, wh(200)],
  [60, wh(400)],
];
const summed = [
  [0, 0n],
  [15, wh(100)],
  [30, wh(400)],
  [45, wh(600)],
  [60, wh(1000)],
];

describe('energy by interval', () => {
  it('energy by interval is added up in the order of time', () => {
    expect(sum({ sample: quarters })).toEqual([summed, []]);
    expect(sum({ sample: quarters.toReversed() })).toEqual([summed, []]);
    expect(sum({ sample: quarters.slice(0, 3), end: quarters.slice(3) })).toEqual([summed, []]);
    expect(sum({ clock: quarters })).toEqual([summed, []]);
    expect(sum({})).toEqual([[], []]);
  });

  it('energy by interval of one time is the larger value', () => {
    expect(sum({ sample: quarters, end: [[60, wh(399)]] })).toEqual([summed, []]);
    expect(sum({ sample: quarters.with(3, [60, wh(399)]), end: [[60, wh(400)]] })).toEqual([
      summed,
      [],
    ]);
  });

  it('energy by interval ends between the start and the stop', () => {
    expect(sum({ sample: [[0, wh(5)], ...quarters, [61, wh(7)]] })).toEqual([
      summed,
      [['OUTSIDE_TX', 0]],
    ]);
    const running = { ...stoppedAfter(60), stopped: false };
    expect(sum({ sample: [...quarters, [75, wh(7)]] }, running)[1]).toEqual([]);
  });

  it('energy by interval may be nothing, and may be all that the charger can deliver', () => {
    const most = physicalBound(11_000)?.(15n * minute) ?? 0n;
    const last = (energy: bigint) =>
      sum({ sample: quarters.with(3, [60, energy]) }, stoppedAfter(60), 11_000);
    expect(last(0n)[1]).toEqual([]);
    expect(last(most)[1]).toEqual([]);
    expect(last(most + 1n)).toEqual([summed.with(4, [60, wh(600)]), [['REG_JUMP', 60]]]);
    expect(last(-1n)).toEqual([summed.with(4, [60, wh(600)]), [['REG_DECREASE', 60]]]);
  });
});

describe('a missing interval', () => {
  // The usual quarter of an hour, half as long again, and two minutes.
  it('an interval is missing if a gap exceeds the usual length by half and two minutes', () => {
    const late = (minutes: number) =>
      sum(
        {
          sample: [
            [15, wh(1)],
            [30, wh(1)],
            [45, wh(1)],
            [45 + minutes, wh(1)],
          ],
        },
        stoppedAfter(45 + minutes),
      )[1];
    expect(late(24)).toEqual([]);
    expect(late(25)).toEqual([['INTERVAL_INCOMPLETE', 70]]);
  });

  it('an interval is not missing up to exactly that gap, in between or at the end', () => {
    const taken: Taken = [
      [10, wh(1)],
      [20, wh(1)],
      [37, wh(1)],
      [47, wh(1)],
    ];
    expect(sum({ sample: taken }, stoppedAfter(47))[1]).toEqual([]);
    expect(sum({ sample: taken }, stoppedAfter(64))[1]).toEqual([['STOP_REGISTER_MISSING', 64]]);
    expect(sum({ sample: taken }, stoppedAfter(65))[1]).toEqual([['INTERVAL_INCOMPLETE', 65]]);
  });

  it('a missing interval is reported at the interval after it, whatever the order of the lengths', () => {
    const taken: Taken = [
      [5, wh(1)],
      [30, wh(1)],
      [35, wh(1)],
      [40, wh(1)],
      [45, wh(1)],
    ];
    expect(sum({ sample: taken }, stoppedAfter(45))[1]).toEqual([['INTERVAL_INCOMPLETE', 30]]);
    const long: Taken = [
      [30, wh(1)],
      [35, wh(1)],
      [65, wh(1)],
      [95, wh(1)],
    ];
    expect(sum({ sample: long }, stoppedAfter(95))[1]).toEqual([]);
  });

  it('the last interval may still have run at the end, unless it is too long for that', () => {
    const stopped = (minutes: number) => sum({ sample: quarters }, stoppedAfter(60 + minutes))[1];
    expect(stopped(2)).toEqual([]);
    expect(stopped(3)).toEqual([['STOP_REGISTER_MISSING', 63]]);
    expect(stopped(24)).toEqual([['STOP_REGISTER_MISSING', 84]]);
    expect(stopped(25)).toEqual([['INTERVAL_INCOMPLETE', 85]]);
    const running = { ...stoppedAfter(90), stopped: false };
    expect(sum({ sample: quarters }, running)[1]).toEqual([]);
  });
});
