import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../core/metering/measure.ts';
import type { Metered } from '../../../core/metering/model/metered.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { instant } from '../../../core/units/instant.ts';
import { at } from './by-minute.ts';
import { codes, endAt, readings, type Taken } from './measured-by-minute.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** An hour of charging from ten o'clock on by the charger's clock, each message heard so much later. */
const heardLate = (
  lag: (minutes: number) => number,
  since: { readonly registeredAt?: number; readonly bootedAt?: number } = {},
): Metered => {
  const late = <Reading extends { readonly receivedAt: number }>(
    taken: Reading,
    minutes: number,
  ): Reading => ({
    ...taken,
    receivedAt: taken.receivedAt + lag(minutes),
  });
  const taken = readings([15, '101750'], [30, '103500'], [45, '105250']);
  const facts = {
    maxPowerW: 22_000,
    start: late(endAt(0, 100_000), 0),
    stop: late(endAt(60, 107_000), 60),
    ...Object.fromEntries(
      Object.entries(since).map(([name, time]) => [name, instant(BigInt(time))]),
    ),
  };
  return measure(pointsOf(taken.map((one, index) => late(one, 15 * (index + 1)))), facts, []);
};

const began = Number(at(0));

describe('a session whose messages are all late by the same', () => {
  it('a session is dated by its charger up to 30 days behind, as late as one without a connection can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * day }), (lag) => {
        // Less than 15 hours by quarters of an hour is a clock of another zone.
        fc.pre(lag > 15 * 60 * minute);
        const metered = heardLate(() => lag);

        expect(Number(metered.startedAt)).toBe(began);
        expect(codes(metered)).toEqual([]);
        expect(metered.energy).toBe(7_000_000n);
      }),
    );
  });

  it('a session is dated by its receipt if its messages are all more than 30 days late by the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30 * day + 1, max: 4000 * day }), (lag) => {
        const metered = heardLate(() => lag);

        expect(Number(metered.startedAt)).toBe(began + lag);
        expect(Number(metered.endedAt)).toBe(began + lag + 60 * minute);
        expect(codes(metered)).toEqual(['TS_EPOCH']);
        expect(metered.energy).toBe(7_000_000n);
      }),
    );
  });

  it('a session is dated by its receipt if it would have ended before its charger was registered', () => {
    const lag = 10 * day;
    const registered = (at: number) => Number(heardLate(() => lag, { registeredAt: at }).startedAt);

    expect(registered(began + 60 * minute)).toBe(began);
    expect(registered(began + 60 * minute + 1)).toBe(began + lag);
  });

  it('a session that came as it was taken is dated by its receipt if it would have ended before the last boot', () => {
    const lag = 10 * day;
    const booted = (at: number) => heardLate(() => lag, { bootedAt: at });

    expect(Number(booted(began + 60 * minute).startedAt)).toBe(began);
    expect(Number(booted(began + lag - day).startedAt)).toBe(began + lag);
    expect(codes(booted(began + lag - day))).toEqual(['TS_EPOCH']);
  });

  it('a session that waited for a connection keeps its times, though its charger booted before it reported it', () => {
    const heardAt = 10 * day;
    const metered = heardLate((taken) => heardAt - taken * minute, {
      bootedAt: began + heardAt - minute,
    });

    expect(Number(metered.startedAt)).toBe(began);
    expect(codes(metered)).toEqual([]);
  });
});

describe('a session whose messages arrive together', () => {
  it('a session whose messages arrive together is dated by its charger, however many days late they are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 61, max: 60 * 24 * 4000 }),
        fc.array(fc.nat(50), { minLength: 61, maxLength: 61 }),
        (minutes, delays) => {
          // All of them are heard within a second of one moment, whenever they were taken.
          const heardAt = minutes * minute;
          const metered = heardLate((taken) => heardAt - taken * minute + (delays[taken] ?? 0));

          expect(Number(metered.startedAt)).toBe(began);
          expect(Number(metered.endedAt)).toBe(began + 60 * minute);
          expect(metered.hold).toBe(false);
          expect(metered.energy).toBe(7_000_000n);
        },
      ),
    );
  });
});

describe('a clock that was set while several registers were read', () => {
  it('whether it jumped is the same in any order of registers that were read at one time', () => {
    const places = ['Outlet', 'Inlet', 'Body'] as const;
    const order = fc.shuffledSubarray([...places], { minLength: 3 });
    const judged = (locations: readonly (typeof places)[number][]) => {
      const taken = [0, 15, 30, 45].flatMap((minutes) =>
        readings(
          ...locations.map((location): Taken => {
            const other = places.indexOf(location) * 50_000_000;
            return [minutes, String(100_000 + other + minutes * 110), { location }];
          }),
        ),
      );
      const early = taken.map((one, n) =>
        n < locations.length
          ? { ...one, timestamp: new Date(one.receivedAt - 2 * day).toISOString() }
          : one,
      );
      const start = { ...endAt(0, 100_000), timestamp: new Date(began - 2 * day).toISOString() };
      return measure(pointsOf(early), { start, stop: endAt(60, 106_600) }, []);
    };
    fc.assert(
      fc.property(order, (locations) => {
        expect(judged(locations)).toEqual(judged(places));
        expect(codes(judged(locations))).toContain('CLOCK_JUMPED');
      }),
      { numRuns: 6 },
    );
  });
});
