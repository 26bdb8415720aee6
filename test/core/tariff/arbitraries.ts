import fc from 'fast-check';
import type { Activity, EnergyPoint, Metered } from '../../../core/metering/model/metered.ts';
import type {
  PriceComponent,
  Tariff,
  TariffDimension,
  TariffElement,
  TariffRestrictions,
} from '../../../core/tariff/model/tariff.ts';
import { shortDecimal } from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { instant } from '../../../core/units/instant.ts';

const zones = ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York', 'Asia/Kathmandu'];
/** A zone of a charger. */
export const someZone = fc.constantFrom(...zones);

/** A decimal of up to `max` units in its last place. */
export const decimal = (max: number, decimals: number) =>
  fc.integer({ min: 0, max }).map((digits) => shortDecimal(BigInt(digits), decimals));
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30'))
  .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${minutes}`);

const component = (type: TariffDimension, stepSize: fc.Arbitrary<number>) =>
  fc
    .record({
      price: decimal(2_000_000, 6),
      vat: fc.option(fc.constantFrom('7', '19', '5.2'), { nil: undefined }),
      stepSize,
    })
    .map(
      ({ price, vat, stepSize: step }): PriceComponent => ({
        type,
        price,
        ...(vat === undefined ? {} : { vat }),
        stepSize: step,
      }),
    );

const restrictions: fc.Arbitrary<TariffRestrictions> = fc.oneof(
  fc.constant({}),
  fc.record({ startTime: clock, endTime: clock }),
  fc.record({ maxKwh: decimal(30_000_000, 6) }),
  fc.record({ minKwh: decimal(30_000_000, 6) }),
  fc.record({ minDuration: fc.integer({ min: 0, max: 20_000 }) }),
  fc.record({ maxDuration: fc.integer({ min: 1, max: 20_000 }) }),
  // Sessions take 0, 3.6, 7.2 or 10.8 kW.
  fc.constantFrom<TariffRestrictions>({ minPower: '3.6' }, { maxPower: '7.2' }),
  fc.constantFrom<TariffRestrictions>({ startDate: '2026-01-01' }, { endDate: '2026-01-01' }),
  fc.record({
    dayOfWeek: fc.constantFrom<TariffRestrictions['dayOfWeek'] & object>(
      ['SATURDAY', 'SUNDAY'],
      ['MONDAY', 'WEDNESDAY'],
    ),
  }),
);

const element = (stepSize: fc.Arbitrary<number>): fc.Arbitrary<TariffElement> =>
  fc
    .tuple(
      fc.subarray<TariffDimension>(['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'], { minLength: 1 }),
      restrictions,
    )
    .chain(([types, restriction]) =>
      fc
        .tuple(...types.map((type) => component(type, stepSize)))
        .map((priceComponents) => ({ priceComponents, restrictions: restriction })),
    );

/** Step sizes as tariffs have them. */
export const anyStep = fc.constantFrom(0, 1, 60, 300, 500);
/** Tariffs with prices in any combination, their restrictions on everything that sessions of ours have. */
export const tariffOf = (stepSize: fc.Arbitrary<number>): fc.Arbitrary<Tariff> =>
  fc.array(element(stepSize), { minLength: 1, maxLength: 5 }).map((elements) => ({
    tariffId: 't',
    version: 1,
    name: 'T',
    currency: 'EUR',
    elements,
    rounding: { mode: 'half-up', scope: 'total' },
  }));

/** Sessions whose power is a whole number of mWh per millisecond, so that any instant has an exact energy. */
export const session: fc.Arbitrary<Metered> = fc
  .record({
    start: fc.bigInt({ min: 1_700_000_000n, max: 1_830_000_000n }),
    pieces: fc.array(
      fc.record({
        seconds: fc.bigInt({ min: 1n, max: 20_000n }),
        power: fc.bigInt({ min: 0n, max: 3n }),
        idle: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ start, pieces }) => {
    let [at, energy] = [start * 1000n, 0n];
    const series: EnergyPoint[] = [{ at: instant(at), energy: milliWattHours(0n) }];
    const activities: Activity[] = [];
    for (const { seconds, power, idle } of pieces) {
      activities.push({ from: instant(at), kind: idle ? 'idle' : 'charging' });
      at += seconds * 1000n;
      energy += seconds * 1000n * power;
      series.push({ at: instant(at), energy: milliWattHours(energy) });
    }
    return {
      startedAt: instant(start * 1000n),
      endedAt: instant(at),
      energy: milliWattHours(energy),
      quality: 'register',
      hold: false,
      anomalies: [],
      series,
      activities,
    };
  });
