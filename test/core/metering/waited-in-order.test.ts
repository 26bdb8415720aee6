import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../core/metering/measure.ts';
import type { MeterReading, SampledValue } from '../../../core/metering/model/reading.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';

const begun = Date.UTC(2026, 2, 2, 10);
const second = 1000;
const minute = 60 * second;

const sampled = (value: number, fields: Partial<SampledValue>): SampledValue => ({
  value: String(value),
  context: 'Sample.Periodic',
  measurand: 'Energy.Active.Import.Register',
  location: 'Outlet',
  multiplier: 0,
  format: 'raw',
  ...fields,
});

/** A vehicle that waits, then charges at one power, while its charger has no connection for some time. */
type Waited = {
  readonly watts: number;
  /** Minutes until it charges, and for which it does. */
  readonly waits: number;
  readonly charges: number;
  /** Seconds from one reading to the next. */
  readonly every: number;
  /** Minutes after the start, and the length in minutes. */
  readonly lost: number;
  readonly lasted: number;
  /** Milliseconds from one message of the queue to the next. */
  readonly pace: number;
  readonly hasPower: boolean;
  /** True if the stop repeats all readings. */
  readonly isRepeated: boolean;
};

const waited: fc.Arbitrary<Waited> = fc.record({
  watts: fc.constantFrom(3700, 11_000, 22_000, 100_000),
  waits: fc.constantFrom(0, 1, 7),
  charges: fc.integer({ min: 2, max: 90 }),
  every: fc.constantFrom(10, 30, 60, 300),
  lost: fc.integer({ min: 0, max: 60 }),
  lasted: fc.integer({ min: 1, max: 240 }),
  pace: fc.integer({ min: 50, max: 4000 }),
  hasPower: fc.boolean(),
  isRepeated: fc.boolean(),
});

/** The session as it was received: what is taken during the outage, and what comes behind it, waits in its order. */
const received = (one: Waited) => {
  const { watts, waits, charges, every, lost, lasted, pace, hasPower, isRepeated } = one;
  const ends = (waits + charges) * minute;
  const whAt = (at: number): number =>
    Math.floor((watts * Math.max(0, at - waits * minute)) / 3_600_000);
  const powerAt = (at: number): number => (at > waits * minute ? watts : 0);
  let free = 0;
  const sent = (at: number): number => {
    const isLost = at >= lost * minute && at < (lost + lasted) * minute;
    free = Math.max(free + pace, isLost ? (lost + lasted) * minute : at);
    return begun + free;
  };
  const endAt = (at: number) => ({
    timestamp: new Date(begun + at).toISOString(),
    receivedAt: sent(at),
    registerWh: 100_000 + whAt(at),
  });
  const start = endAt(0);
  const readings: MeterReading[] = [];
  for (let at = every * second; at < ends; at += every * second) {
    readings.push({
      timestamp: new Date(begun + at).toISOString(),
      receivedAt: sent(at),
      offline: false,
      sampledValues: [
        sampled(100_000 + whAt(at), {}),
        ...(hasPower
          ? [sampled(powerAt(at), { measurand: 'Power.Active.Import', unit: 'W' })]
          : []),
      ],
    });
  }
  const stop = endAt(ends);
  const repeated = readings.map((reading) => ({ ...reading, receivedAt: stop.receivedAt }));
  return {
    start,
    stop,
    readings: isRepeated ? [...readings, ...repeated] : readings,
    energy: whAt(ends),
  };
};

describe('messages that waited for a connection and came in their order', () => {
  it('bill what the register shows, however long the outage was and however slowly the queue was sent', () => {
    fc.assert(
      fc.property(waited, (one) => {
        const { start, stop, readings, energy } = received(one);
        const facts = { start, stop, maxPowerW: 150_000 };
        const { hold, anomalies, energy: billed } = measure(pointsOf(readings), facts, []);

        expect(anomalies.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect([Number(billed) / 1000, hold]).toEqual([energy, false]);
      }),
      {
        numRuns: 200,
        examples: [
          // The first of the queue come 5 minutes late, the last ones behind it no longer do.
          [
            {
              ...{ watts: 100_000, waits: 0, charges: 30, every: 10, lost: 5, lasted: 6 },
              ...{ pace: 4000, hasPower: false, isRepeated: false },
            },
          ],
          // The power before the outage and after it says nothing of how long it was drawn.
          [
            {
              ...{ watts: 7400, waits: 7, charges: 3, every: 30, lost: 8, lasted: 30 },
              ...{ pace: 500, hasPower: true, isRepeated: true },
            },
          ],
        ],
      },
    );
  });
});
