import type { EnergyPoint, Metered } from '../../core/metering/model/metered.ts';
import type { Tariff, TariffElement } from '../../core/tariff/model/tariff.ts';
import { milliWattHours } from '../../core/units/energy.ts';
import { instant } from '../../core/units/instant.ts';

const minute = 60_000n;

/** The zone of the charger; its clock goes forward during the session. */
export const pricingTimeZone = 'Europe/Berlin';

const clock = (halfHours: number): string =>
  `${String(Math.floor(halfHours / 2)).padStart(2, '0')}:${halfHours % 2 === 0 ? '00' : '30'}`;

const components = (index: number): TariffElement['priceComponents'] => [
  { type: 'ENERGY', price: `0.${3000 + 37 * index}`, vat: '19', stepSize: 0 },
  { type: 'TIME', price: `1.${10 + index}`, vat: '19', stepSize: 0 },
];

/** A tariff of 30 elements: a price of its own for each half hour from 00:00 to 14:30, and one for all other times. */
export const pricingTariff: Tariff = {
  tariffId: 'tar_bench',
  version: 1,
  name: 'Half hours',
  currency: 'EUR',
  elements: [
    ...Array.from({ length: 29 }, (_, index) => ({
      priceComponents: components(index),
      restrictions: { startTime: clock(index), endTime: clock(index + 1) },
    })),
    { priceComponents: components(29) },
  ],
  rounding: { mode: 'half-up', scope: 'total' },
};

const startedAt = BigInt(Date.UTC(2026, 2, 19, 23));

/** A session of 500 periods under it, sixteen days and ten hours, with a reading every quarter of an hour. */
export const pricingSession: Metered = (() => {
  const quarters = 16 * 96 + 40;
  const series = Array.from({ length: quarters + 1 }, (_, index): EnergyPoint => {
    const at = startedAt + BigInt(index) * 15n * minute;
    return { at: instant(at), energy: milliWattHours(BigInt(index) * 2_751_333n) };
  });
  const last = series.at(-1);
  return {
    startedAt: instant(startedAt),
    endedAt: last?.at ?? instant(startedAt),
    energy: last?.energy ?? milliWattHours(0n),
    quality: 'register',
    hold: false,
    anomalies: [],
    series,
    activities: [{ from: instant(startedAt), kind: 'charging' }],
  };
})();
