import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codes, endAt, measured, type Taken } from './measured-by-minute.ts';

const current = { measurand: 'Current.Import', unit: 'A' };
const vehicle = { location: 'EV' };

/** An hour with a current each 5 minutes, and a register that rises by so many Wh. */
const hourOf = (amperes: number, wh: number, fields: object = current, facts = {}) =>
  measured(
    { maxPowerW: 350_000, start: endAt(0, 100_000), stop: endAt(60, 100_000 + wh), ...facts },
    ...Array.from({ length: 13 }, (_, n): Taken => [n * 5, String(amperes), fields]),
  );

describe('measured current beside the register', () => {
  it('a current at any voltage of mains or of direct current agrees with the energy that it makes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 500 }),
        fc.integer({ min: 110, max: 1000 }),
        (amperes, volts) => {
          fc.pre(amperes * volts < 350_000 && amperes * volts > 1400);
          const result = hourOf(amperes, amperes * volts);

          expect(result.anomalies).toEqual([]);
          expect(result.energy).toBe(BigInt(amperes * volts) * 1000n);
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    ['16 A for an hour and no energy', 16, 0],
    ['32 A on three phases for an hour and 100 Wh', 96, 100],
    ['6 A for an hour and 60 kWh', 6, 60_000],
  ])('%s hold the CDR', (_words, amperes, wh) => {
    expect(codes(hourOf(amperes, wh))).toContain('ENERGY_CONTRADICTED');
  });

  it('a current that shows somewhat more than the register is named, and the register billed', () => {
    const result = hourOf(32, 600);

    expect(codes(result)).toEqual(['CURRENT_ENERGY_MISMATCH']);
    expect(result.energy).toBe(600_000n);
  });

  it.each([
    ['is always 0', 0],
    ['is in mA', 32_000],
  ])('a current that %s says nothing', (_words, amperes) => {
    expect(codes(hourOf(amperes, 22_000)).filter((code) => code !== 'ZERO_ENERGY')).toEqual([]);
  });

  it('the phases of a current are added up, and the running energy does not look at it', () => {
    const phase = (name: string) => ({ ...current, phase: name });
    const taken = ['L1', 'L2', 'L3'].flatMap((name) =>
      [0, 10, 20, 30, 40, 50, 60].map((n): Taken => [n, '32', phase(name)]),
    );
    const start = endAt(0, 100_000);

    expect(codes(measured({ start, stop: endAt(60, 100_600) }, ...taken))).toContain(
      'ENERGY_CONTRADICTED',
    );
    expect(codes(measured({ start }, ...taken))).toEqual([]);
  });
});

describe('a register that the vehicle reports', () => {
  it('energy of the vehicle is never billed, and holds a register that shows far less', () => {
    const taken = Array.from({ length: 13 }, (_, n): Taken => [n * 5, String(n * 500), vehicle]);
    const ends = (wh: number) => ({ start: endAt(0, 100_000), stop: endAt(60, 100_000 + wh) });

    expect(codes(measured(ends(100), ...taken))).toEqual(['ENERGY_CONTRADICTED']);
    expect(measured(ends(7000), ...taken)).toMatchObject({ energy: 7_000_000n, anomalies: [] });
    expect(measured({ start: endAt(0), stop: endAt(60) }, ...taken)).toMatchObject({ energy: 0n });
    expect(codes(measured({ start: endAt(0), stop: endAt(60) }, ...taken))).toContain(
      'NO_METER_DATA',
    );
    expect(measured({ start: endAt(0, 100_000) }, ...taken).energy).toBe(0n);
  });

  it('a value of the vehicle that cannot be read is no fault of the session', () => {
    expect(
      codes(measured({ start: endAt(0, 0), stop: endAt(60, 7000) }, [5, 'x', vehicle])),
    ).toEqual([]);
  });
});
