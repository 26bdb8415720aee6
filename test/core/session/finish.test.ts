import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectorState, MeterReading } from '../../../core/metering/model/reading.ts';
import { accumulate, noRunningReadings } from '../../../core/session/accumulate.ts';
import { applySessionEvent } from '../../../core/session/apply-session-event.ts';
import { decodeRunning, encodeRunning } from '../../../core/session/encode-running.ts';
import { finish, meteredOf } from '../../../core/session/finish.ts';
import { arbitraryReadings } from '../metering/arbitrary-readings.ts';
import { startedEvent, stoppedEvent } from './session-samples.ts';

const session = applySessionEvent(
  applySessionEvent(undefined, startedEvent({ meterStart: 100_000 })),
  stoppedEvent({ meterStop: 107_000 }),
);
if (session === undefined) throw new Error('no session');

const arbitraryStates: fc.Arbitrary<readonly ConnectorState[]> = fc.array(
  fc.record(
    {
      timestamp: fc
        .integer({ min: 0, max: 59 })
        .map((minute) => new Date(Date.UTC(2026, 2, 2, 10, minute)).toISOString()),
      receivedAt: fc
        .integer({ min: 0, max: 59 })
        .map((minute) => Date.UTC(2026, 2, 2, 10, minute, 30)),
      status: fc.constantFrom(
        'charging',
        'suspended-by-vehicle',
        'suspended-by-charger',
        'finishing',
        'available',
      ),
    },
    { requiredKeys: ['timestamp', 'status'] },
  ),
  { maxLength: 6 },
);

type Chunk = { readonly reading?: MeterReading; readonly state?: ConnectorState };

const chunksOf = (
  readings: readonly MeterReading[],
  states: readonly ConnectorState[],
): readonly Chunk[] => [
  ...readings.map((reading) => ({ reading })),
  ...states.map((state) => ({ state })),
];

describe('running and final', () => {
  it('running view and CDR have the same energy, whatever the chunks, the order and the repetitions', () => {
    const arrivals = fc.tuple(arbitraryReadings, arbitraryStates).chain(([readings, states]) => {
      const chunks = chunksOf(readings, states);
      return fc.tuple(
        fc.constant({ readings, states }),
        fc.shuffledSubarray([...chunks, ...chunks], { minLength: 2 * chunks.length }),
      );
    });
    fc.assert(
      fc.property(arrivals, ([{ readings, states }, chunks]) => {
        const running = chunks.reduce(
          (sum, { reading, state }) =>
            accumulate(sum, reading ? [reading] : [], state ? [state] : []),
          noRunningReadings,
        );

        expect(meteredOf(session, running)).toEqual(finish(session, readings, states));
      }),
      { numRuns: 150 },
    );
  });

  it('the running view can be stored and restored between any two messages', () => {
    fc.assert(
      fc.property(arbitraryReadings, arbitraryStates, (readings, states) => {
        const stored = chunksOf(readings, states).reduce(
          (text, { reading, state }) =>
            encodeRunning(
              accumulate(decodeRunning(text), reading ? [reading] : [], state ? [state] : []),
            ),
          '',
        );

        expect(meteredOf(session, decodeRunning(stored))).toEqual(
          finish(session, readings, states),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('the running view works for a session with neither stop nor reading', () => {
    const running = applySessionEvent(undefined, startedEvent());
    if (running === undefined) throw new Error('no session');

    const metered = meteredOf(running, noRunningReadings);

    expect(metered).toMatchObject({ energy: 0n, hold: false, anomalies: [] });
    expect(metered.series).toEqual([{ at: metered.startedAt, energy: 0n }]);
  });
});

describe('the running view', () => {
  it('the running view stays under 1000 characters for energy and power each minute, for hours', () => {
    const readings = Array.from({ length: 600 }, (_, index): MeterReading => {
      const at = Date.UTC(2026, 2, 2, 10, index, 13);
      const common = {
        context: 'Sample.Periodic',
        location: 'Outlet',
        multiplier: 0,
        format: 'raw',
      } as const;
      const register = 100_000 + index * 180 + ((index * 7919) % 37);
      const power = 10_800 + ((index * 104_729) % 211);
      return {
        timestamp: new Date(at).toISOString(),
        receivedAt: at,
        offline: false,
        sampledValues: [
          { ...common, value: String(register), measurand: 'Energy.Active.Import.Register' },
          { ...common, value: String(power), measurand: 'Power.Active.Import' },
          { ...common, value: '42', measurand: 'SoC', location: 'EV' },
        ],
      };
    });

    const lengthAfter = (count: number) =>
      encodeRunning(accumulate(noRunningReadings, readings.slice(0, count), [])).length;

    expect(lengthAfter(45)).toBeLessThan(450);
    expect(lengthAfter(600)).toBeLessThan(1000);
  });
});
