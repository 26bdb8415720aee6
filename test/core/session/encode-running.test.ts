import { describe, expect, it } from 'vitest';
import type { MeterReading } from '../../../core/metering/model/reading.ts';
import { statePoint } from '../../../core/metering/points/state-points.ts';
import { encodeIntegers } from '../../../core/metering/points/vlq.ts';
import { accumulate, noRunningReadings } from '../../../core/session/accumulate.ts';
import { decodeRunning, encodeRunning } from '../../../core/session/encode-running.ts';
import { instant } from '../../../core/units/instant.ts';

const begin = Date.UTC(2026, 2, 2, 10);

/** A register each minute, received as it was measured or a day late. */
const readingsOf = (minutes: number, lag: number): readonly MeterReading[] =>
  Array.from({ length: minutes }, (_, minute) => ({
    timestamp: new Date(begin + minute * 60_000).toISOString(),
    receivedAt: begin + minute * 61_007 + lag,
    offline: false,
    sampledValues: [
      {
        value: `${100_000 + ((minute * 7919) % 977) + minute * 1000}`,
        context: 'Sample.Periodic',
        measurand: 'Energy.Active.Import.Register',
        location: 'Outlet',
        multiplier: 0,
        format: 'raw',
      },
    ],
  }));

const keptOf = (minutes: number, lag: number): number => {
  const text = encodeRunning(accumulate(noRunningReadings, readingsOf(minutes, lag), []));
  expect(text.length).toBeLessThanOrEqual(801);
  return [...decodeRunning(text).points.series.values()].flatMap(({ samples }) => samples).length;
};

describe('the running view as text', () => {
  it('a session of which nothing has arrived is an empty text, and stays one', () => {
    expect(decodeRunning('')).toEqual(noRunningReadings);
    expect(decodeRunning(encodeRunning(noRunningReadings))).toEqual(noRunningReadings);
  });

  it('a session keeps every point while it is short, and fewer the longer each of them is', () => {
    expect(keptOf(45, 0)).toBe(45);
    expect(keptOf(600, 0)).toBeGreaterThan(60);
    expect(keptOf(600, 86_400_000)).toBeLessThan(keptOf(600, 0));
    expect(keptOf(600, 86_400_000)).toBeGreaterThanOrEqual(16);
  });

  it('a session keeps what each state says, with any receipt', () => {
    const words = ['charging', 'idle', 'neither', 'unused', 'plugged-in', 'occupied'] as const;
    const states = words.flatMap((word, nth) =>
      [
        statePoint,
        (at: bigint) => statePoint(at, word, at - 7n),
        (at: bigint) => statePoint(at, word, undefined, at + 9n),
      ].map((pointOf, kind) => pointOf(BigInt(begin + 10 * nth + kind), word)),
    );

    expect(decodeRunning(encodeRunning({ ...noRunningReadings, states })).states).toEqual(states);
  });

  it('a session keeps the latest 48 states of its connector, with their receipts', () => {
    const states = Array.from({ length: 50 }, (_, nth) =>
      statePoint(
        instant(BigInt(begin + nth)),
        nth % 2 === 0 ? 'charging' : 'idle',
        nth % 3 === 0 ? BigInt(begin - nth) : undefined,
      ),
    );

    const text = encodeRunning({ ...noRunningReadings, states });

    expect(decodeRunning(text).states).toEqual(states.slice(2));
  });

  it.each([[[0n, 14n]], [[0n, 15n, 1n]], [[5n, -1n]]])(
    'a text that is no running view is refused: %o',
    (integers) => {
      expect(() => decodeRunning(`~${encodeIntegers(integers)}`)).toThrow(
        'not an encoded running session',
      );
    },
  );
});
