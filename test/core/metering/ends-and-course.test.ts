import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeteringFacts } from '../../../core/metering/model/metering-facts.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { codes, endAt, measured, type Taken } from './measured-by-minute.ts';

/** Registers in Wh by minute. */
const taken = (...points: readonly (readonly [number, number])[]): readonly Taken[] =>
  points.map(([minutes, wh]) => [minutes, String(wh)]);

/** The same register for each of three phases. */
const onPhases = (...points: readonly (readonly [number, number])[]): readonly Taken[] =>
  points.flatMap(([minutes, wh]) =>
    ['L1', 'L2', 'L3'].map((phase): Taken => [minutes, String(wh), { phase }]),
  );

/** A power in W that was measured at a minute. */
const power = (minutes: number, watts: number): Taken => [
  minutes,
  String(watts),
  { measurand: 'Power.Active.Import', unit: 'W' },
];

/** A value that counts from the one before it. */
const interval = { measurand: 'Energy.Active.Import.Interval', unit: 'Wh' };

const wh = (register: number) => milliWattHours(BigInt(register) * 1000n);

/** A vehicle that charges steadily, and a fault of its charger. */
const session = fc.record({
  watts: fc.integer({ min: 1_400, max: 22_000 }),
  every: fc.constantFrom(5, 10, 15),
  count: fc.integer({ min: 5, max: 12 }),
  fault: fc.constantFrom('reset', 'gap', 'stale', 'none'),
  at: fc.integer({ min: 1, max: 11 }),
  old: fc.integer({ min: 3_000, max: 9_000 }),
});
type Reported = typeof session extends fc.Arbitrary<infer One> ? One : never;

const from = 1_000_000;

const drawnBy = ({ watts }: Reported, minutes: number): number =>
  Math.floor((watts * minutes) / 60);

const registerBy = (one: Reported, minutes: number): number => {
  const reset = one.fault === 'reset' ? Math.min(one.at, one.count - 1) * one.every : Infinity;
  return minutes > reset
    ? drawnBy(one, minutes) - drawnBy(one, reset)
    : from + drawnBy(one, minutes);
};

/** The session as its charger reports it, and its true energy in Wh. */
const reported = (one: Reported) => {
  const { every, count, fault, at, old } = one;
  const truth = drawnBy(one, every * count + 1);
  const isStale = fault === 'stale';
  const isStopKnown = isStale || fault === 'none';
  const facts: MeteringFacts = {
    start: endAt(0, isStale ? from - old : from),
    stop: endAt(every * count + 1, isStopKnown ? from + truth : undefined),
    ...(isStale && { previousRegister: wh(from) }),
  };
  const readings = Array.from({ length: count }, (_, n) => (n + 1) * every)
    .filter((minutes) => fault !== 'gap' || minutes < at * every)
    .flatMap((minutes) => [
      ...taken([minutes, registerBy(one, minutes)]),
      power(minutes, one.watts),
    ]);
  return { facts, readings, truth };
};

describe('a register whose course or ends do not fit together', () => {
  it.each<readonly [string, MeteringFacts, readonly Taken[]]>([
    [
      'a register that was reset while no reading came, in a session without the register of the stop',
      { start: endAt(0, 40_000), stop: endAt(60) },
      taken([15, 40_900], [45, 925], [55, 1_400]),
    ],
    [
      'three equal phases, and no total anywhere',
      { start: endAt(0), stop: endAt(60) },
      onPhases([0, 13_000], [30, 14_000], [60, 15_000]),
    ],
    [
      'start and stop message that show three times what the phases taken for them do',
      { start: endAt(0, 40_000), stop: endAt(60, 49_000) },
      [
        [0, '13333', { context: 'Transaction.Begin', phase: 'L1' }],
        [30, '14833', { phase: 'L1' }],
        [60, '16333', { context: 'Transaction.End', phase: 'L1' }],
      ],
    ],
    [
      'a start from which the register rose at once by hours of what the vehicle draws',
      { start: endAt(0, 91_000), stop: endAt(60, 107_400) },
      taken([15, 101_850], [30, 103_700], [45, 105_550], [59, 107_300]),
    ],
    [
      'an unknown start, and a first reading far above the end of the session before',
      { start: endAt(0), stop: endAt(60, 107_000), previousRegister: wh(100_000) },
      taken([50, 105_800], [55, 106_400]),
    ],
    [
      'an unknown stop, and half of the session after the last reading',
      { start: endAt(0, 100_000), stop: endAt(60), maxPowerW: 22_000 },
      [...taken([15, 105_000], [30, 110_000]), power(30, 20_000)],
    ],
    [
      'an unknown start, and a register that no longer rose when it was read for the first time',
      { start: endAt(0), stop: endAt(60, 107_000), maxPowerW: 22_000 },
      [...taken([40, 107_000], [50, 107_000]), power(5, 11_000)],
    ],
    [
      'a start within the session before, whose end the register passed in the first step',
      {
        start: endAt(0, 96_000),
        stop: endAt(60, 107_000),
        previousRegister: wh(100_000),
        maxPowerW: 50_000,
      },
      taken([15, 102_000], [30, 104_000]),
    ],
    [
      'a reading of the stop that repeats an old one, beside a stop message that goes on',
      { start: endAt(0, 0), stop: endAt(60, 7_000), maxPowerW: 22_000 },
      [
        [15, '1750'],
        [30, '3500'],
        [60, '3500', { context: 'Transaction.End' }],
      ],
    ],
    [
      'a single phase, and power that shows three times as much',
      { start: endAt(0), stop: endAt(60) },
      [0, 10, 20, 30, 40, 50, 60].flatMap((minutes): readonly Taken[] => [
        [minutes, String(13_000 + minutes * 50), { phase: 'L1' }],
        power(minutes, 9_000),
      ]),
    ],
    [
      'two intervals of which the second holds the first',
      { start: endAt(0), stop: endAt(61), maxPowerW: 22_000 },
      [30, 60].map((minutes): Taken => [minutes, String(minutes * 120), interval]),
    ],
  ])('%s hold the CDR', (_words, facts, readings) => {
    expect(measured(facts, ...readings).hold).toBe(true);
  });

  it('a held session lists the energy of all of its phases, and that of the messages alone', () => {
    const thirds = measured(
      { start: endAt(0), stop: endAt(60) },
      ...onPhases([0, 13_000], [30, 14_000], [60, 15_000]),
    );
    const messages = measured(
      { start: endAt(0, 40_000), stop: endAt(60, 49_000) },
      [0, '13333', { context: 'Transaction.Begin', phase: 'L1' }],
      [60, '16333', { context: 'Transaction.End', phase: 'L1' }],
    );
    const halves = measured(
      { start: endAt(0), stop: endAt(60) },
      ...onPhases([0, 13_000], [30, 14_000], [60, 15_000]).filter(
        ([, , { phase } = {}]) => phase !== 'L3',
      ),
    );
    const others = ({ candidates = [] }: typeof thirds) =>
      candidates.filter(({ by }) => by === 'other-register').map(({ energy }) => energy);

    expect(others(thirds)).toContain(6_000_000n);
    expect([halves.hold, others(halves)]).toEqual([true, [4_000_000n]]);
    expect(others(messages)).toContain(9_000_000n);
  });

  it.each<readonly [string, MeteringFacts, readonly Taken[], bigint]>([
    [
      'two counters of a charger that sends both of them to the end',
      { start: endAt(0, 40_000), stop: endAt(60) },
      taken([15, 40_900], [16, 960], [45, 42_700], [46, 2_760], [59, 43_540]),
      3_540_000n,
    ],
    [
      'three equal phases beside a stop that says that each is the total',
      { start: endAt(0, 13_000), stop: endAt(60, 15_000) },
      onPhases([30, 14_000]),
      2_000_000n,
    ],
    [
      'one phase at the start beside a start message that goes on to the stop',
      { start: endAt(0, 40_000), stop: endAt(60, 44_480) },
      [[0, '13333', { context: 'Transaction.Begin', phase: 'L1' }]],
      4_480_000n,
    ],
    [
      'a vehicle that draws less when it is nearly full',
      { start: endAt(0, 100_000), stop: endAt(60, 107_400) },
      taken([15, 105_000], [30, 106_500], [45, 107_200]),
      7_400_000n,
    ],
    [
      'an unknown stop a minute after the last reading',
      { start: endAt(0, 100_000), stop: endAt(60) },
      taken([15, 101_800], [30, 103_600], [45, 105_400], [59, 107_000]),
      7_000_000n,
    ],
    [
      'an unknown stop half an hour after the last reading, if nothing shows that the vehicle went on charging',
      { start: endAt(0, 100_000), stop: endAt(60), maxPowerW: 22_000 },
      taken([15, 105_000], [30, 110_000]),
      10_000_000n,
    ],
    [
      'an unknown stop hours after the vehicle was full',
      { start: endAt(0, 100_000), stop: endAt(400) },
      taken([15, 105_000], [30, 107_000], [45, 107_000], [60, 107_000]),
      7_000_000n,
    ],
    [
      'start and stop message in whole kWh beside a finer reading of each',
      { start: endAt(0, 40_000), stop: endAt(60, 41_000) },
      [
        [0, '40400', { context: 'Transaction.Begin' }],
        [60, '40980', { context: 'Transaction.End' }],
      ],
      580_000n,
    ],
    [
      'a start that is finer than the end of the session before, which is rounded to kWh',
      { start: endAt(0, 40_600), stop: endAt(60, 42_400), previousRegister: wh(41_000) },
      taken([30, 41_500]),
      1_800_000n,
    ],
    [
      'a vehicle whose charger has to deliver less after the first reading',
      { start: endAt(0, 100_000), stop: endAt(75, 104_150), maxPowerW: 22_000 },
      taken([15, 102_750], [30, 103_100], [45, 103_450], [60, 103_800]),
      4_150_000n,
    ],
    [
      'an unknown start, and a first reading hours later that shows what the session before ended with',
      { start: endAt(0), stop: endAt(540, 105_500), previousRegister: wh(100_000) },
      taken([510, 100_000], [525, 102_750]),
      5_500_000n,
    ],
    [
      'intervals of a vehicle that waited for its time, and then drew as much in each',
      { start: endAt(0), stop: endAt(91) },
      [0, 0, 900, 1_830, 1_835, 1_836].map(
        (value, n): Taken => [(n + 1) * 15, String(value), interval],
      ),
      6_401_000n,
    ],
    [
      'a start a little below the end of the session before',
      { start: endAt(0, 99_900), stop: endAt(60, 107_000), previousRegister: wh(100_000) },
      taken([30, 103_000]),
      7_100_000n,
    ],
  ])('%s are billed', (_words, facts, readings, energy) => {
    const result = measured(facts, ...readings);

    expect([result.hold, result.energy]).toEqual([false, energy]);
  });

  it('intervals that each hold all of the energy so far are found whenever the vehicle pauses or slows down', () => {
    const rises = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 5, maxLength: 12 });
    fc.assert(
      fc.property(rises, (each) => {
        const sums = each.map((_, n) => each.slice(0, n + 1).reduce((a, b) => a + b, 0));
        // Before the first energy a vehicle may have waited for its time.
        const [, second = 0] = sums.filter((sum) => sum > 0);
        const isRising = each.slice(1).filter((rise) => rise > 0).length >= 3;
        fc.pre(isRising && (sums.at(-1) ?? 0) >= second * 2);
        const facts = { start: endAt(0), stop: endAt(each.length * 10), maxPowerW: 22_000 };
        const readings = sums.map((sum, n): Taken => [(n + 1) * 10, String(sum), interval]);

        expect(codes(measured(facts, ...readings))).toContain('ENERGY_CONTRADICTED');
      }),
      { numRuns: 30 },
    );
  });

  it('what is sealed of a session with a reset, a start of hours ago or no stop is never far off', () => {
    let sealed = 0;
    fc.assert(
      fc.property(session, (one) => {
        const { facts, readings, truth } = reported(one);
        const { hold, energy } = measured(facts, ...readings);
        sealed += hold ? 0 : 1;
        const off = Math.abs(Number(energy) / 1000 - truth);

        expect(hold || off <= truth / 5 + 1_000).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(sealed).toBeGreaterThan(15);
  });
});
