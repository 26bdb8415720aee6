import { describe, expect, it } from 'vitest';
import { billOf, meter, register } from './bill-of.ts';

describe('bills that were wrong elsewhere', () => {
  it.each([undefined, 22_000])(
    'a reading of 0 at the start of a charger that had no connection does not bill its whole life (maximum power %s W)',
    (maxPowerW) => {
      for (const lifetime of [12_000, 45_000, 909_948]) {
        const bill = billOf(
          { meterStart: 0, meterStop: lifetime + 83, ...(maxPowerW && { maxPowerW }) },
          [
            meter(0, register(0, { context: 'Transaction.Begin' })),
            meter(30, register(lifetime)),
            meter(45, register(lifetime + 40)),
          ],
        );
        // Less than a charger delivers in the time is billed, where nothing bounds it.
        if (lifetime > 40_000) expect(bill).toHaveProperty('held');
      }
    },
  );

  it('a session without a start register is billed from its first reading, not from 0', () => {
    const readings = [10, 20, 30, 40, 50].map((n) => meter(n, register(7_782_000 + n * 40)));

    expect(billOf({ meterStop: 7_784_400 }, readings)).toEqual({ kWh: 2, total: '1.00' });
  });

  it('a register of years in start and stop, and a session counter in the readings, are one register', () => {
    const readings = [10, 20, 30, 40, 50].map((n) => meter(n, register((n * 125) / 10)));

    expect(billOf({ meterStart: 4_076_334, meterStop: 4_077_084 }, readings)).toEqual({
      kWh: 0.75,
      total: '0.38',
    });
  });

  it('a start reading of 0 that is repeated in every message beside a register from zero counts once', () => {
    const readings = [10, 20, 30, 40, 50].map((n) =>
      meter(
        n,
        register(n * 100, { context: 'Sample.Periodic' }),
        register(0, { context: 'Transaction.Begin' }),
      ),
    );

    expect(billOf({ meterStart: 0, meterStop: 6000, maxPowerW: 11_000 }, readings)).toEqual({
      kWh: 6,
      total: '3.00',
    });
  });

  it('a start reading of a register of years that is repeated in every message counts once', () => {
    const readings = [10, 20, 30, 40, 50].map((n) =>
      meter(
        n,
        register(235_800 + n * 100, { context: 'Sample.Periodic' }),
        register(235_800, { context: 'Transaction.Begin' }),
      ),
    );

    expect(billOf({ meterStart: 235_800, meterStop: 241_800 }, readings)).toEqual({
      kWh: 6,
      total: '3.00',
    });
  });

  it('a session that starts and stops at one register is held where its power says otherwise', () => {
    const power = { measurand: 'Power.Active.Import', unit: 'W' };
    const readings = [0, 10, 20, 30, 40, 50, 60].map((n) => meter(n, { value: '7200', ...power }));

    expect(billOf({ meterStart: 500_000, meterStop: 500_000 }, readings)).toEqual({
      held: ['ENERGY_CONTRADICTED'],
    });
  });

  it('a session that stops below its start is held, never credited', () => {
    expect(billOf({ meterStart: 5000, meterStop: 2 }, [])).toHaveProperty('held');
  });

  it('energy of a single phase with decimals is the energy of the session', () => {
    const readings = [10, 20, 30, 40, 50, 60].map((n) =>
      meter(n, register((n * 50.125).toFixed(3), { phase: 'L1' })),
    );

    expect(billOf({ meterStart: 0, meterStop: 3007 }, readings)).toMatchObject({ kWh: 3.0075 });
  });

  it('a session counter in kWh with its current is billed as it counts', () => {
    const readings = [5, 10, 15, 20].map((n) =>
      meter(
        n,
        register(((n * 21.13) / 60).toFixed(3), { unit: 'kWh' }),
        { value: '32.09', measurand: 'Current.Import', unit: 'A', phase: 'L1' },
        { value: '31.8', measurand: 'Current.Import', unit: 'A', phase: 'L2' },
        { value: '31.7', measurand: 'Current.Import', unit: 'A', phase: 'L3' },
      ),
    );

    expect(billOf({ meterStart: 0, meterStop: 7043, minutes: 20 }, readings)).toEqual({
      kWh: 7.043,
      total: '3.52',
    });
  });

  it('messages without energy, of the clock or of the vehicle, take nothing from the energy of a session', () => {
    const readings = [
      meter(10, register(1_001_000)),
      meter(15, { value: '57', measurand: 'SoC', unit: 'Percent', location: 'EV' }),
      meter(20, register(1_002_000, { context: 'Sample.Clock' })),
      meter(25, { value: '230.1', measurand: 'Voltage', unit: 'V', phase: 'L1-N' }),
      meter(40, register(1_004_000)),
    ];

    expect(billOf({ meterStart: 1_000_000, meterStop: 1_006_000 }, readings)).toEqual({
      kWh: 6,
      total: '3.00',
    });
  });

  it('a reading that is taken after the stop, and shows a little more, is not of the session', () => {
    const readings = [meter(30, register(2_257_000)), meter(60.2, register('2259992.1'))];

    expect(billOf({ meterStart: 2_255_000, meterStop: 2_259_988 }, readings)).toEqual({
      kWh: 4.988,
      total: '2.49',
    });
  });

  it('a stop at 0 after a loss of power is billed up to the last reading that can be true, or held', () => {
    const readings = [15, 30, 45].map((n) => meter(n, register(100_000 + n * 100)));

    expect(billOf({ meterStart: 100_000, meterStop: 0 }, readings)).toHaveProperty('held');
  });
});
