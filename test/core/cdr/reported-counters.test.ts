import { describe, expect, it } from 'vitest';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { billOf, meter, register, t } from './bill-of.ts';

const ac = { maxPowerW: 22_000 };

/** A stop with the readings of its session, as it is sent again where its answer was lost. */
const stopWith = (n: number, ...taken: readonly (readonly [minutes: number, wh: number])[]) =>
  ({
    key: `${t(60)}#stop#${n}`,
    kind: 'stop',
    receivedAt: t(60 + n),
    evseId: 1,
    connectorId: 1,
    raw: JSON.stringify({
      transactionId: 7,
      meterStop: 107_000,
      timestamp: t(60),
      transactionData: taken.map(([minutes, wh]) => ({
        timestamp: t(minutes),
        sampledValue: [register(wh)],
      })),
    }),
  }) as const satisfies StoredMessage;

describe('counters that billed wrongly elsewhere', () => {
  it('a vehicle that goes on with one phase of three loses no energy of the other two, or is held', () => {
    const phases = (minutes: number, ...wh: readonly number[]) =>
      meter(minutes, ...wh.map((value, n) => register(value, { phase: `L${n + 1}` })));
    const three = [10, 20, 30].map((n) => phases(n, 1000 + n * 60, 1000 + n * 60, 1000 + n * 60));
    const one = [40, 50].map((n) => phases(n, 1000 + n * 60));
    const bill = billOf({ meterStart: 3000, meterStop: 12_000, ...ac }, [...three, ...one]);

    expect([{ kWh: 9, total: '4.50' }, { held: expect.anything() }]).toContainEqual(bill);
    expect(bill).not.toHaveProperty('kWh', 3);
  });

  it.each([undefined, 22_000])(
    'a counter that shows the session before until the vehicle charges bills its own session only (maximum power %s W)',
    (maxPowerW) => {
      const power = maxPowerW === undefined ? {} : { maxPowerW };
      const counted = [10, 20, 30, 40, 50].map((n) => meter(n, register(n * 110)));
      const stale = [0, 1].map((n) => meter(n, register(12_345)));
      const bill = billOf({ meterStart: 0, meterStop: 6600, ...power }, [...stale, ...counted]);
      const staleStart = billOf({ meterStart: 12_345, meterStop: 6600, ...power }, counted);

      expect([{ kWh: 6.6, total: '3.30' }, { held: expect.anything() }]).toContainEqual(bill);
      expect(staleStart).toHaveProperty('held');
    },
  );

  it('a meter that counts in steps of 100 Wh is billed as it counts, read each minute', () => {
    const steps = Array.from({ length: 59 }, (_, n) =>
      meter(n + 1, register(100_000 + Math.floor(((n + 1) * 7000) / 6000) * 100)),
    );

    expect(billOf({ meterStart: 100_000, meterStop: 107_000, ...ac }, steps)).toEqual({
      kWh: 7,
      total: '3.50',
    });
    expect(billOf({ meterStart: 100_000, meterStop: 107_000 }, steps)).toMatchObject({ kWh: 7 });
  });

  it('a stop that is sent again with its readings counts once', () => {
    const taken = [
      [15, 101_750],
      [30, 103_500],
      [45, 105_250],
    ] as const;
    const once = billOf({ meterStart: 100_000, meterStop: 107_000, ...ac }, [
      stopWith(1, ...taken),
    ]);
    const thrice = billOf({ meterStart: 100_000, meterStop: 107_000, ...ac }, [
      stopWith(1, ...taken),
      stopWith(2, ...taken),
      stopWith(3, ...taken),
    ]);

    expect(once).toEqual({ kWh: 7, total: '3.50' });
    expect(thrice).toEqual(once);
  });

  it('a stop with the register of the controller after a loss of power bills nothing below its readings', () => {
    const read = [10, 20, 30].map((n) => meter(n, register(n * 240)));

    expect(billOf({ meterStart: 0, meterStop: 54, ...ac }, read)).toHaveProperty('held');
  });

  it('readings that have nothing to do with start and stop are not billed instead of them', () => {
    const random = [5, 3170, 44, 9001, 12, 6123].map((wh, n) => meter((n + 1) * 8, register(wh)));
    const bill = billOf({ meterStart: 2_411_000, meterStop: 2_418_000, ...ac }, random);

    expect([{ kWh: 7, total: '3.50' }, { held: expect.anything() }]).toContainEqual(bill);
  });

  it('a meter that was not ready at the start and shows its life at the first reading is not billed for that', () => {
    const read = [1, 10, 20, 30, 40, 50].map((n) => meter(n, register(7_907_260 + n * 50)));

    expect(billOf({ meterStop: 7_910_260 }, read)).toEqual({ kWh: 2.95, total: '1.48' });
    expect(billOf({ meterStart: 0, meterStop: 7_910_260 }, read)).toHaveProperty('held');
  });

  it('a total beside its phases, of which one stands still, is billed by the total', () => {
    const read = [10, 20, 30, 40, 50].map((n) =>
      meter(
        n,
        register(100_000 + n * 100),
        register(33_000 + n * 100, { phase: 'L1' }),
        register(33_000, { phase: 'L2' }),
      ),
    );

    expect(billOf({ meterStart: 100_000, meterStop: 106_000, ...ac }, read)).toEqual({
      kWh: 6,
      total: '3.00',
    });
  });

  it('a live register, beside one of the start at the same moments that comes last, is billed as it counts', () => {
    const read = [10, 20, 30, 40, 50].map((n) =>
      meter(
        n,
        register(1_234_000 + n * 120, { context: 'Sample.Periodic' }),
        register(1_234_000, { context: 'Transaction.Begin' }),
      ),
    );

    expect(billOf({ meterStart: 1_234_000, meterStop: 1_241_200 }, read)).toMatchObject({
      kWh: 7.2,
    });
  });

  it('a reading that names a session and is dated before its start is where its register begins, if nothing else is, or it is held', () => {
    const read = [
      meter(-7, register(1200)),
      meter(23, register(4900)),
      meter(53, register(10_400)),
    ];

    const bill = billOf({ meterStop: 10_400, ...ac }, read);
    expect([{ kWh: 9.2, total: '4.60' }, { held: expect.anything() }]).toContainEqual(bill);
  });

  it('a clock that is set back in a session takes no energy from it where the register of its start is unknown', () => {
    const dated = (heard: number, at: number, wh: number) => ({
      ...meter(at, register(wh)),
      receivedAt: t(heard),
    });
    const read = [
      ...[0, 10, 20, 30].map((n) => dated(n, n, 40_000)),
      ...[45, 60, 75, 90].map((n) => dated(n, n - 60, 40_000 + n * 300)),
    ];

    const bill = billOf({ meterStop: 67_000, minutes: 90, ...ac }, read);
    expect([{ kWh: 27, total: '13.50' }, { held: expect.anything() }]).toContainEqual(bill);
  });

  it('a session counter in kWh of three decimals, beside a start and a stop in Wh of the meter, is one register', () => {
    const read = [10, 20, 30, 40, 50].map((n) =>
      meter(n, register((n * 0.117).toFixed(3), { unit: 'kWh' })),
    );

    expect(billOf({ meterStart: 880_000, meterStop: 887_020, ...ac }, read)).toEqual({
      kWh: 7.02,
      total: '3.51',
    });
  });
});
