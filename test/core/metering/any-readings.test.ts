import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeCdr } from '../../../core/cdr/compute/compose-cdr.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import type { Metered } from '../../../core/metering/model/metered.ts';
import type { ConnectorState, MeterReading } from '../../../core/metering/model/reading.ts';
import { accumulate, noRunningReadings } from '../../../core/session/accumulate.ts';
import { applySessionEvent } from '../../../core/session/apply-session-event.ts';
import { decodeRunning, encodeRunning } from '../../../core/session/encode-running.ts';
import { meteredOf } from '../../../core/session/finish.ts';
import type { Session } from '../../../core/session/session.ts';
import { identity, startedEvent, stoppedEvent } from '../session/session-samples.ts';

const time = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .integer({ min: -20, max: 90 })
      .map((minute) => new Date(Date.UTC(2026, 2, 2, 10, minute)).toISOString()),
  },
  fc.constantFrom('1970-01-01T00:00:00Z', '2031-01-01T00:00:00', '2026-03-02T10:30:00+02', ''),
  fc.string(),
);
const number = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -10, max: 20_000 }).map(String) },
  fc.constantFrom('NaN', '1e12', '-1e14', '7,5', '1.0004', '', '99999999999999999'),
  fc.string(),
);
const value = fc.record({
  value: number,
  context: fc.constantFrom(
    'Sample.Periodic',
    'Transaction.Begin',
    'Transaction.End',
    'Sample.Clock',
    'Trigger',
    '?',
  ),
  measurand: fc.constantFrom(
    'Energy.Active.Import.Register',
    'energy.active.import.register',
    'Energy.Active.Import.Interval',
    'Energy.Active.Net',
    'Power.Active.Import',
    'SoC',
    'Voltage.L1',
  ),
  phase: fc.constantFrom('L1', 'L2', 'L3', 'L1-N', 'L4', ''),
  location: fc.constantFrom('Outlet', 'Inlet', 'EV', 'Body', 'Roof'),
  unit: fc.constantFrom('Wh', 'kWh', 'W', 'kW', 'percent', 'V', ''),
  multiplier: fc.constantFrom(0, 0, 3, -3, 40),
  format: fc.constantFrom('raw' as const, 'raw' as const, 'signed' as const),
});
const reading: fc.Arbitrary<MeterReading> = fc.record({
  timestamp: time,
  receivedAt: fc.integer({ min: 0, max: 90 }).map((minute) => Date.UTC(2026, 2, 2, 10, minute)),
  offline: fc.boolean(),
  sampledValues: fc.array(value, { maxLength: 4 }),
});
const state: fc.Arbitrary<ConnectorState> = fc.record({
  timestamp: time,
  receivedAt: fc.integer({ min: 0, max: 90 }).map((minute) => Date.UTC(2026, 2, 2, 10, minute)),
  status: fc.constantFrom('charging', 'suspended-by-vehicle', 'finishing', 'available', 'faulted'),
});

/** A session of 11 kW, or of nobody knows how much, whose stop may lie anywhere or be missing. */
const session: fc.Arbitrary<Session> = fc
  .record({
    bounded: fc.boolean(),
    meterStart: fc.option(
      fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: 0, max: 9000 }) },
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      ),
      { nil: undefined },
    ),
    meterStop: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
    endedAt: fc.option(time, { nil: undefined }),
  })
  .map(({ bounded, meterStart, meterStop, endedAt }) => {
    const { maxPowerW: _none, ...unbounded } = identity;
    const { meterStart: _start, ...start } = startedEvent().start;
    const { meterStop: _stop, ...stop } = stoppedEvent().stop;
    const started = applySessionEvent(undefined, {
      ...startedEvent(),
      identity: bounded ? identity : unbounded,
      start: { ...start, ...(meterStart !== undefined && { meterStart }) },
    });
    const ended =
      endedAt === undefined
        ? started
        : applySessionEvent(started, {
            ...stoppedEvent(),
            stop: { ...stop, endedAt, ...(meterStop !== undefined && { meterStop }) },
          });
    if (ended === undefined) throw new Error('no session');
    return ended;
  });

const pairs = <Item>(items: readonly Item[]): readonly (readonly [Item, Item])[] =>
  items.slice(1).flatMap((after, index) => {
    const before = items[index];
    return before === undefined ? [] : [[before, after] as const];
  });

const expectSound = ({ startedAt, endedAt, series, activities, energy, anomalies }: Metered) => {
  expect(energy).toBeGreaterThanOrEqual(0n);
  expect(endedAt).toBeGreaterThanOrEqual(startedAt);
  expect(series[0]).toEqual({ at: startedAt, energy: 0n });
  expect(series.at(-1)).toEqual({ at: endedAt, energy });
  for (const [before, after] of pairs(series)) {
    expect(after.energy).toBeGreaterThanOrEqual(before.energy);
    expect(after.at).toBeGreaterThan(endedAt === startedAt ? after.at - 1n : before.at);
  }
  expect(activities[0]?.from).toBe(startedAt);
  for (const [before, after] of pairs(activities)) {
    expect(after.from).toBeGreaterThan(before.from);
    expect(after.from).toBeLessThan(endedAt);
    expect(after.kind).not.toBe(before.kind);
  }
  expect(new Set(anomalies.map(({ code }) => code)).size).toBe(anomalies.length);
};

describe('whatever a charger sends', () => {
  it('whatever a charger sends, metering gives a result that can be priced, sealed and stored', () => {
    fc.assert(
      fc.property(
        session,
        fc.array(reading, { maxLength: 12 }),
        fc.array(state, { maxLength: 5 }),
        (one, readings, states) => {
          const running = accumulate(noRunningReadings, readings, states);
          const metered = meteredOf(one, running);
          expectSound(metered);

          const content = composeCdr(
            { session: one, measured: metered, tariff: undefined, basis: {} },
            metered,
            undefined,
            { readings: readings.length, readingsHash: '' },
          );
          expect(() => canonicalJson(content)).not.toThrow();
          const text = encodeRunning(running);
          expect(encodeRunning(decodeRunning(text))).toBe(text);
        },
      ),
      { numRuns: 500 },
    );
  });
});
