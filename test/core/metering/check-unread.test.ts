import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { milliWatts } from '../../../core/units/power.ts';
import { codes, endAt, measured, type Taken } from './measured-by-minute.ts';

/** Whole Wh that a power delivers in some minutes. */
const delivered = (watts: number, minutes: number): number => Math.floor((watts * minutes) / 60);

const session = fc.record({
  from: fc.constantFrom(0, 40_000, 12_345_678),
  minutes: fc.integer({ min: 1, max: 900 }),
  watts: fc.integer({ min: 1400, max: 400_000 }),
});

describe('energy that only the registers of start and stop show, at a charger of unknown power', () => {
  it('more than 22 kW and 1 kWh is held, and at most 22 kW is billed', () => {
    fc.assert(
      fc.property(session, ({ from, minutes, watts }) => {
        const energy = delivered(watts, minutes);
        const result = measured({ start: endAt(0, from), stop: endAt(minutes, from + energy) });

        if (watts <= 22_000) expect(result.hold).toBe(energy > 300_000);
        else if (energy > delivered(22_000, minutes + 2) + 1000) expect(result.hold).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['300 kWh in an hour', 0, 300_000],
    ['a register of a lifetime after a start at 0', 0, 45_000],
    ['Wh that were meant as a tenth of it', 1_000_000, 1_070_000],
  ])('%s is held, with the energy of its ends to decide on', (_words, from, to) => {
    const result = measured({ start: endAt(0, from), stop: endAt(60, to) });

    expect(codes(result)).toEqual(['ENERGY_UNPROVEN']);
    expect(result.candidates?.map(({ by, energy }) => [by, energy])).toEqual([
      ['register-ends', BigInt(to - from) * 1000n],
      ['rises', BigInt(to - from) * 1000n],
    ]);
  });

  it('a register that stays at zero until the stop shows nothing', () => {
    const taken: readonly Taken[] = [
      [1, '0'],
      [30, '0'],
    ];

    expect(codes(measured({ start: endAt(0, 0), stop: endAt(60, 45_000) }, ...taken))).toContain(
      'ENERGY_UNPROVEN',
    );
  });

  it.each([
    ['a registered power', { maxPowerW: 150_000 }, []],
    ['the power of the session before', { previousPower: milliWatts(40_000_000n) }, []],
    ['a reading on the way', {}, [[30, '160000']]],
    [
      'measured power',
      {},
      [
        [0, '80000', { measurand: 'Power.Active.Import', unit: 'W' }],
        [10, '80000', { measurand: 'Power.Active.Import', unit: 'W' }],
      ],
    ],
    [
      'intervals',
      {},
      [15, 30, 45, 60].map((n) => [
        n,
        '20000',
        { measurand: 'Energy.Active.Import.Interval', unit: 'Wh' },
      ]),
    ],
  ] as const)('80 kWh in an hour are billed where %s shows them', (_words, facts, taken) => {
    const ends = { start: endAt(0, 120_000), stop: endAt(60, 200_000) };
    const result = measured({ ...ends, ...facts }, ...(taken as readonly Taken[]));

    expect(result.hold).toBe(false);
    expect(result.energy).toBe(80_000_000n);
  });
});
