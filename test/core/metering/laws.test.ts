import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../core/metering/measure.ts';
import type { MeterReading } from '../../../core/metering/model/reading.ts';
import { downsamplePoints } from '../../../core/metering/points/downsample-points.ts';
import { decodePoints, encodePoints } from '../../../core/metering/points/encode-points.ts';
import { mergePoints } from '../../../core/metering/points/merge-points.ts';
import { noPoints, type Points } from '../../../core/metering/points/points.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { decodeIntegers, encodeIntegers } from '../../../core/metering/points/vlq.ts';
import { arbitraryReadings, runningFacts } from './arbitrary-readings.ts';

const runs = { numRuns: 150 };

/** Points in a form that compares by content: maps remember the order of insertion, sets of points do not. */
const content = (points: Points) => ({
  series: [...points.series].sort(([a], [b]) => (a < b ? -1 : 1)),
  signed: [...points.signed].sort(([a], [b]) => (a < b ? -1 : 1)),
  sequence: [...points.sequence].sort((a, b) => a - b),
  notes: [...points.notes].sort(([a], [b]) => (a < b ? -1 : 1)),
  stateOfCharge: points.stateOfCharge,
});

const measured = (readings: readonly MeterReading[]) =>
  measure(pointsOf(readings), runningFacts, []);

describe('readings are a set', () => {
  it('readings can be joined in any order and any number of times', () => {
    fc.assert(
      fc.property(arbitraryReadings, arbitraryReadings, arbitraryReadings, (a, b, c) => {
        const [x, y, z] = [pointsOf(a), pointsOf(b), pointsOf(c)];

        expect(content(mergePoints(x, y))).toEqual(content(mergePoints(y, x)));
        expect(content(mergePoints(mergePoints(x, y), z))).toEqual(
          content(mergePoints(x, mergePoints(y, z))),
        );
        expect(content(mergePoints(x, x))).toEqual(content(x));
        expect(content(mergePoints(x, noPoints))).toEqual(content(x));
        expect(content(pointsOf([...a, ...b]))).toEqual(content(mergePoints(x, y)));
      }),
      runs,
    );
  });

  it('a session is measured the same for any order, repetition and grouping of its messages', () => {
    const shuffled = arbitraryReadings.chain((readings) =>
      fc.tuple(
        fc.constant(readings),
        fc.shuffledSubarray([...readings, ...readings], { minLength: 2 * readings.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([readings, mixed]) => {
        const split = readings.flatMap((reading) =>
          reading.sampledValues.map((value) => ({ ...reading, sampledValues: [value] })),
        );

        expect(measured(mixed)).toEqual(measured(readings));
        expect(measured(split)).toEqual(measured(readings));
      }),
      runs,
    );
  });

  it('an undisputed energy never falls when a later reading arrives', () => {
    fc.assert(
      fc.property(arbitraryReadings, fc.nat(29), (readings, length) => {
        const before = measured(readings.slice(0, length + 1));
        const after = measured(readings);

        fc.pre(!before.hold && !after.hold);
        expect(after.energy).toBeGreaterThanOrEqual(before.energy);
      }),
      runs,
    );
  });

  it('energy is counted from start to stop, whatever fault a reading between them has', () => {
    fc.assert(
      fc.property(arbitraryReadings, fc.integer({ min: 100_000, max: 111_000 }), (readings, wh) => {
        const end = Date.parse(runningFacts.start.timestamp) + 45 * 60_000;
        const stop = {
          timestamp: new Date(end).toISOString(),
          receivedAt: end,
          registerWh: wh,
        };

        const result = measure(pointsOf(readings), { ...runningFacts, stop }, []);

        fc.pre(!result.hold);
        expect(result.energy).toBe(BigInt(wh - 100_000) * 1000n);
      }),
      runs,
    );
  });
});

describe('the running view', () => {
  it('the running view keeps everything except signed values as short text', () => {
    fc.assert(
      fc.property(arbitraryReadings, (readings) => {
        const points = pointsOf(readings);

        expect(content(decodePoints(encodePoints(points)))).toEqual(content(points));
      }),
      runs,
    );
  });

  it('the running view takes at most 350 characters for 45 readings of energy', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { minLength: 45, maxLength: 45 }), (rises) => {
        let register = 1_234_567;
        const readings = rises.map((rise, index) => {
          register += rise;
          const at = Date.UTC(2026, 2, 2, 10, index, 7);
          return {
            timestamp: new Date(at).toISOString(),
            receivedAt: at,
            offline: false,
            sampledValues: [
              {
                value: String(register),
                context: 'Sample.Periodic',
                measurand: 'Energy.Active.Import.Register',
                location: 'Outlet',
                multiplier: 0,
                format: 'raw' as const,
              },
            ],
          };
        });

        expect(encodePoints(pointsOf(readings)).length).toBeLessThanOrEqual(350);
      }),
      runs,
    );
  });

  it('the running view can contain any whole number', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt()), (integers) => {
        expect(decodeIntegers(encodeIntegers(integers))).toEqual(integers);
      }),
      runs,
    );
  });

  it('the running view downsamples to a given number of points and keeps the first and last time', () => {
    fc.assert(
      fc.property(arbitraryReadings, fc.integer({ min: 2, max: 10 }), (readings, keep) => {
        const points = pointsOf(readings);
        const times = (some: Points) =>
          [
            ...new Set(
              [...some.series.values()].flatMap(({ samples }) => samples.map(({ at }) => at)),
            ),
          ].sort();

        const [all, thinned] = [times(points), times(downsamplePoints(points, keep))];

        expect(thinned.length).toBeLessThanOrEqual(Math.max(keep, 2));
        expect([thinned[0], thinned.at(-1)]).toEqual([all[0], all.at(-1)]);
      }),
      runs,
    );
  });
});
