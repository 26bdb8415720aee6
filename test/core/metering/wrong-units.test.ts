import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../core/metering/measure.ts';
import type { MeteringFacts } from '../../../core/metering/model/metering-facts.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { statePointsOf } from '../../../core/metering/points/state-points.ts';
import { codes, endAt, iso, measured, type Taken } from './measured-by-minute.ts';

/** An hour of charging: the register at its start in Wh, the energy in Wh, and the minutes between two readings. */
const hour = fc.record({
  from: fc.oneof(fc.constantFrom(0, 5000, 100_000, 12_345_678), fc.nat(50_000_000)),
  energy: fc.integer({ min: 3000, max: 45_000 }),
  every: fc.constantFrom(2, 5, 10, 15),
});

type Hour = { readonly from: number; readonly energy: number; readonly every: number };

const asWh = (wh: number): string => String(Math.round(wh));
const asKwh = (wh: number): string => (wh / 1000).toFixed(3);

const readings = ({ from, energy, every }: Hour, text: (wh: number) => string, unit = 'Wh') =>
  Array.from({ length: 60 / every - 1 }, (_, n) => (n + 1) * every).map(
    (minute): Taken => [minute, text(from + (energy * minute) / 60), { unit }],
  );

/** Start and stop as their messages state them, in Wh or in whole kWh; undefined is not stated. */
const ends = ({ from, energy }: Hour, divisor: number): MeteringFacts => ({
  start: endAt(0, Math.round(from / divisor)),
  stop: endAt(60, Math.round((from + energy) / divisor)),
});

/** The same session as OCPP 2.x reports it: its ends are readings. */
const endsAsReadings = (
  { start, stop }: MeteringFacts,
  taken: readonly Taken[],
): readonly [MeteringFacts, readonly Taken[]] => [
  { start: endAt(0), stop: endAt(60) },
  [
    [0, String(start?.registerWh), { context: 'Transaction.Begin' }],
    ...taken,
    [60, String(stop?.registerWh), { context: 'Transaction.End' }],
  ],
];

const named = (code: string, facts: MeteringFacts, taken: readonly Taken[]) => {
  const result = measured(facts, ...taken);
  expect(codes(result)).toContain(code);
  expect(result.hold).toBe(true);
};

describe('a unit that is wrong beside a start in Wh and an unknown stop', () => {
  it('readings in kWh that are labelled Wh are held, whatever power the charger has, and their energy is proposed', () => {
    fc.assert(
      fc.property(
        hour.filter(({ from }) => from >= 12_000),
        fc.constantFrom(undefined, 1, 1.2, 1.6, 3, 10),
        (session, headroom) => {
          const facts: MeteringFacts = {
            start: endAt(0, session.from),
            stop: endAt(60),
            ...(headroom !== undefined && { maxPowerW: session.energy * headroom }),
          };
          const taken = readings(session, asKwh);
          const result = measured(facts, ...taken);

          expect(codes(result)).toContain('UNIT_KWH_AS_WH');
          const last = (session.energy * (taken.at(-1)?.[0] ?? 0)) / 60;
          expect(
            result.candidates?.some(({ energy }) => Math.abs(Number(energy) / 1000 - last) <= 1),
          ).toBe(true);
        },
      ),
    );
  });
});

describe('a unit that is wrong, at a charger of which neither power is registered nor measured', () => {
  it('a session in kWh that is labelled Wh throughout is named and held', () => {
    fc.assert(
      fc.property(hour, (session) => {
        named('UNIT_KWH_AS_WH', ends(session, 1000), readings(session, asKwh));
      }),
    );
  });

  it('readings in kWh that are labelled Wh are named and held, whatever counts from start to stop in Wh', () => {
    fc.assert(
      fc.property(hour, (session) => {
        named('UNIT_KWH_AS_WH', ends(session, 1), readings(session, asKwh));
      }),
    );
  });

  it('a start and a stop in kWh beside readings in Wh are named and held', () => {
    fc.assert(
      fc.property(hour, (session) => {
        fc.pre(session.from >= 10_000);
        named('UNIT_KWH_AS_WH', ends(session, 1000), readings(session, asWh));
      }),
    );
  });

  it('one end in kWh beside readings in Wh is named and held', () => {
    fc.assert(
      fc.property(hour, fc.constantFrom('start', 'stop'), (session, end) => {
        fc.pre(session.from >= 10_000);
        const facts = { ...ends(session, 1), [end]: ends(session, 1000)[end as 'start' | 'stop'] };
        named('UNIT_KWH_AS_WH', facts, readings(session, asWh));
      }),
    );
  });

  it('readings in kWh are named and held where only one end is stated', () => {
    fc.assert(
      fc.property(hour, fc.boolean(), (session, isStart) => {
        const stated = ends(session, 1);
        const facts = isStart ? { ...stated, stop: endAt(60) } : { ...stated, start: endAt(0) };
        fc.pre(session.from >= 100_000);
        named('UNIT_KWH_AS_WH', facts, readings(session, asKwh));
      }),
    );
  });

  it('readings in kWh, one or several, are named and held beside a stop in Wh where the start says 0 or counts kWh like them', () => {
    fc.assert(
      fc.property(
        hour,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (session, isOne, isUnknown, isV2) => {
          fc.pre(session.from >= 50_000);
          const { start: startInKwh } = ends(session, 1000);
          const start = isUnknown ? endAt(0, 0) : startInKwh;
          const taken = readings(session, asKwh).slice(isOne ? -1 : 0);
          const facts = { ...ends(session, 1), ...(start && { start }) };
          if (isV2) named('UNIT_KWH_AS_WH', ...endsAsReadings(facts, taken));
          else named('UNIT_KWH_AS_WH', facts, taken);
        },
      ),
    );
  });

  it('one reading in kWh is named and held beside a start in Wh where the stop is unknown, whatever power is registered', () => {
    fc.assert(
      fc.property(hour, fc.constantFrom(undefined, 50_000), (session, maxPowerW) => {
        fc.pre(session.from >= 100_000);
        const facts = { ...ends(session, 1), stop: endAt(60), ...(maxPowerW && { maxPowerW }) };
        named('UNIT_KWH_AS_WH', facts, readings(session, asKwh).slice(0, 1));
      }),
    );
  });

  it('readings in Wh that are labelled kWh are named and held', () => {
    fc.assert(
      fc.property(hour, (session) => {
        named('UNIT_WH_AS_KWH', ends(session, 1), readings(session, asWh, 'kWh'));
      }),
    );
  });
});

/** Some hours of steady charging at a charger whose register shows whole kWh, read every so many minutes or not at all. */
const wholeKwh = fc.record({
  from: fc.constantFrom(0, 361, 12_345),
  watts: fc.integer({ min: 1400, max: 22_000 }),
  hours: fc.integer({ min: 2, max: 8 }),
  every: fc.constantFrom(1, 5, 15, 30, undefined),
  maxPowerW: fc.constantFrom(undefined, 22_000),
});

const registerOf = (watts: number, minutes: number): number =>
  Math.floor((watts * minutes) / 60_000);

describe('a register in whole kWh that is labelled Wh', () => {
  it('whole kWh labelled Wh are named and held by the time they take, however often they are read and whatever power is registered', () => {
    fc.assert(
      fc.property(wholeKwh, ({ from, watts, hours, every, maxPowerW }) => {
        const minutes = hours * 60;
        const times =
          every === undefined
            ? []
            : Array.from({ length: minutes / every - 1 }, (_, n) => (n + 1) * every);
        const taken = times.map(
          (minute): Taken => [minute, String(from + registerOf(watts, minute))],
        );
        const facts = {
          start: endAt(0, from),
          stop: endAt(minutes, from + registerOf(watts, minutes)),
          ...(maxPowerW !== undefined && { maxPowerW }),
        };
        named('UNIT_KWH_AS_WH', facts, taken);
      }),
    );
  });

  it('no unit is named where measured power agrees with the few Wh that were counted', () => {
    const power = { measurand: 'Power.Active.Import', unit: 'W' };
    const taken = Array.from({ length: 11 }, (_, n) => (n + 1) * 5).flatMap((minute): Taken[] => [
      [minute, String(1000 + Math.floor(minute / 12))],
      [minute, '5', power],
    ]);
    const facts = { start: endAt(0, 1000), stop: endAt(60, 1005) };

    expect(codes(measured(facts, ...taken))).toEqual([]);
  });

  it('no unit is named where the register shows more than any in kWh has: a few Wh are a few Wh', () => {
    const facts = { start: endAt(0, 2_500_000), stop: endAt(120, 2_500_008) };

    expect(codes(measured(facts))).toEqual([]);
  });

  it('no unit is named where the charger says that the vehicle wanted nothing for most of the time', () => {
    const states = [{ timestamp: iso(5), status: 'suspended-by-vehicle' as const }];
    const facts = { start: endAt(0, 1000), stop: endAt(120, 1008) };

    expect(codes(measure(pointsOf([]), facts, statePointsOf(states)))).toEqual([]);
  });
});

describe('a unit that is right', () => {
  it('no unit is named where start, readings and stop agree in it', () => {
    fc.assert(
      fc.property(hour, fc.boolean(), (session, isKwh) => {
        const taken = isKwh ? readings(session, asKwh, 'kWh') : readings(session, asWh);
        expect(codes(measured(ends(session, 1), ...taken))).toEqual([]);
      }),
    );
  });

  it('no unit is named where readings count from zero and the start and the stop do not', () => {
    fc.assert(
      fc.property(hour, (session) => {
        fc.pre(session.from >= 50_000);
        const taken = readings({ ...session, from: 0 }, asWh);
        expect(codes(measured(ends(session, 1), ...taken))).toEqual(['REG_SESSION_RELATIVE']);
      }),
    );
  });

  it('no unit is named where readings of a fast charger count from zero and nothing states the stop', () => {
    const taken: readonly Taken[] = [
      [5, '9000'],
      [10, '20000'],
    ];
    for (const some of [taken, taken.slice(0, 1)]) {
      const result = measured({ start: endAt(0, 0), stop: endAt(12) }, ...some);
      expect(codes(result).filter((code) => code.startsWith('UNIT_'))).toEqual([]);
    }
  });

  it('no unit is named where a full vehicle draws a few Wh at some moments', () => {
    const taken: readonly Taken[] = [
      [10, '100000'],
      [20, '100002'],
      [30, '100002'],
      [40, '100002'],
      [50, '100003'],
    ];
    const facts = { start: endAt(0, 100_000), stop: endAt(60, 100_003) };

    expect(codes(measured(facts, ...taken))).toEqual([]);
  });

  it('readings of a clock that stood still say nothing about units, and the session is measured nevertheless', () => {
    const instant = ['Transaction.Begin', 'Sample.Periodic', 'Transaction.End'] as const;
    fc.assert(
      fc.property(fc.nat(2), fc.nat(2000), (spread, energy) => {
        const facts = { start: endAt(0, 0), stop: endAt(0, energy) };
        const taken = instant.map((context, n): Taken => [0, asWh(n * spread), { context }]);
        expect(() => measured(facts, ...taken)).not.toThrow();
      }),
    );
  });
});
