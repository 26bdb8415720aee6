import { describe, expect, it } from 'vitest';
import type { Metered } from '../../../core/metering/model/metered.ts';
import { shortDecimal } from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { instant } from '../../../core/units/instant.ts';
import { endAt, measured, type Taken } from './measured-by-minute.ts';

const shown = ({ candidates = [] }: Metered) =>
  candidates.map(({ by, energy, reason }) => [by, shortDecimal(energy, 3), reason]);

const power = (minutes: number, watts: string): Taken => [
  minutes,
  watts,
  { measurand: 'Power.Active.Import', unit: 'W' },
];

const interval = (minutes: number, wh: string): Taken => [
  minutes,
  wh,
  { measurand: 'Energy.Active.Import.Interval' },
];

const facts = { maxPowerW: 22_000 };

describe('the energies that a session can have had', () => {
  it('the possible energies of a session are those of its register ends, its readings and its power, each with its source', () => {
    const ends = { start: endAt(0, 0), stop: endAt(60, 0) };
    const taken: readonly Taken[] = [
      [1, '100100'],
      [30, '103500'],
      [59, '106900'],
      power(0, '7000'),
      power(15, '7000'),
      power(30, '7000'),
    ];

    expect(shown(measured({ ...facts, ...ends }, ...taken))).toEqual([
      ['register-ends', '0', 'The register shows 0 Wh at the start and 0 Wh at the stop.'],
      [
        'readings',
        '6800',
        'The readings go from 100100 Wh at 2026-03-02T10:01:00.000Z to 106900 Wh at 2026-03-02T10:59:00.000Z.',
      ],
      ['rises', '6800', 'The rises of the register from start to stop add up to this.'],
      ['power', '3500', 'The power adds up to this; it was measured for 30 of 60 minutes.'],
    ]);
  });

  it('the possible energies of a session include those of intervals and of verified signed values', () => {
    const at = instant(0n);
    const verified = {
      start: { register: milliWattHours(1_000_000n), at },
      stop: { register: milliWattHours(3_500_000n), at },
    };
    const ends = { start: endAt(0), stop: endAt(30) };
    const taken = [interval(15, '1200'), interval(30, '1300')];

    expect(shown(measured({ ...facts, ...ends, verified }, ...taken))).toEqual([
      [
        'signed-values',
        '2500',
        'The verified signed values show 1000 Wh at the start and 3500 Wh at the stop.',
      ],
      ['intervals', '2500', 'The reported intervals amount to this.'],
    ]);
  });

  it('the possible energies of intervals that may be a counter are the last of them and their sum', () => {
    const ends = { start: endAt(0), stop: endAt(45) };
    const taken = [interval(15, '1000'), interval(30, '2000'), interval(45, '3000')];

    expect(shown(measured({ ...facts, ...ends }, ...taken))).toEqual([
      [
        'intervals',
        '3000',
        'The last of the reported intervals, if each has all of the energy so far.',
      ],
      ['intervals', '6000', 'The reported intervals amount to this, if each has its own energy.'],
    ]);
  });

  it('the possible energies of a session exclude what the charger cannot deliver, and anything below zero', () => {
    const by = (start: number, stop: number, minutes = 60) =>
      shown(measured({ ...facts, start: endAt(0, start), stop: endAt(minutes, stop) })).map(
        ([name]) => name,
      );

    expect(by(0, 7_937_000)).toEqual(['rises', 'register-in-thousandths']);
    expect(by(8000, 1000)).toEqual(['rises']);
    expect(by(1000, 8000)).toEqual(['register-ends', 'rises']);
  });

  it('the possible energies of a session include those in another unit, and since the session before', () => {
    const by = (start: number, stop: number, before?: number) =>
      shown(
        measured({
          start: endAt(0, start),
          stop: endAt(60, stop),
          ...(before !== undefined && { previousRegister: milliWattHours(BigInt(before) * 1000n) }),
        }),
      ).map(([name, energy]) => [name, energy]);

    expect(by(5, 12)).toContainEqual(['register-in-kwh', '7000']);
    expect(by(0, 7_937_000)).toContainEqual(['register-in-thousandths', '7937']);
    expect(by(0, 7_937_000, 7_930_000)).toContainEqual(['since-previous-session', '7000']);
    expect(by(0, 7_937_000, 7_000)).not.toContainEqual(['since-previous-session', '7930000']);
  });

  it('the possible energies of a session include that of another register, and of a power that was read rarely', () => {
    const ends = { start: endAt(0, 40_000), stop: endAt(60, 40_090) };
    const counters = [10, 20, 30, 40].flatMap((n): readonly Taken[] => [
      [n - 5, String(40_000 + n)],
      [n, String(138_000 + n * 200)],
    ]);
    const rarely = [0, 20, 40, 60].map((n) => power(n, '6000'));

    expect(shown(measured({ ...facts, ...ends }, ...counters, [50, '40080']))).toContainEqual([
      'other-register',
      '6000',
      'Another register of the session rose by 6000 Wh.',
    ]);
    expect(shown(measured({ ...facts, ...ends }, ...rarely))).toContainEqual([
      'power',
      '6000',
      'The power, measured less often than each 15 minutes, adds up to at least this.',
    ]);
  });

  it('the possible energies of an active session are unknown', () => {
    const taken: readonly Taken[] = [
      [10, '1000'],
      [20, '2000'],
    ];

    expect(measured({ ...facts, start: endAt(0, 1000) }, ...taken).candidates).toBeUndefined();
  });
});
