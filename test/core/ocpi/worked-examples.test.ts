import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { priceOcpiCdr } from '../../../core/ocpi/price-cdr.ts';

const file = fileURLToPath(
  new URL('../../../../shared/data/pricing-examples.json', import.meta.url),
);

type Example = {
  readonly id: string;
  readonly timeZone: string;
  readonly tariff: unknown;
  readonly cdr: unknown;
  readonly expected: {
    readonly total_cost: { readonly excl_vat: string; readonly incl_vat: string | null };
    readonly rounded_to_decimals: number | null;
  };
};

const examples: readonly Example[] = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8')).cases
  : [];

/** The case of our own in `test/golden/tariff` that shows the same rule as an example of the text. */
const ownCases: Readonly<Record<string, string>> = {
  simple_025kwh_20kWh: 'ocpi-energy-only',
  '025kwh_start_20kWh': 'ocpi-start-fee',
  min_price_20kWh: 'ocpi-minimum-not-reached',
  'min_price_1.2kWh': 'ocpi-minimum-raises',
  parking_start_20kWh_40min: 'ocpi-parking-after-charging',
  max_price_50kWh: 'ocpi-maximum-lowers',
  max_price_30kWh: 'ocpi-maximum-not-reached',
  '2hour_2.5h': 'ocpi-time-only',
  '3hour_5parking': 'ocpi-time-then-parking',
  'alt_url_20.45kWh': 'ocpi-energy-step',
  complex_monday: 'ocpi-weekday-slow',
  free_of_charge: 'ocpi-free',
  reservation_15min: 'ocpi-reservation-time',
  reservation_fee_13min: 'ocpi-reservation-fee',
  reservation_expire_fee_used_22min: 'ocpi-reservation-used',
  reservation_expire_time_used_22min: 'ocpi-reservation-time-used',
  reservation_expire_time_expired_90min: 'ocpi-reservation-expired-time',
  step_size_switch_1: 'ocpi-switch-then-park',
  step_size_switch_2: 'ocpi-switch-rounds-total',
  max_power: 'ocpi-power-bands',
  max_duration: 'ocpi-duration-bands',
  'wh_115.2_step1': 'ocpi-step-of-one',
  wh_101_step25: 'ocpi-step-of-fifty',
  wh_1_step500: 'ocpi-step-of-half-a-kwh',
  cdr_time_28_step600: 'ocpi-open-clock-windows',
  cdr_time_parking_21_7_step300: 'ocpi-parking-rounds-alone',
};

const golden = fileURLToPath(new URL('../../golden/tariff/', import.meta.url));

const near = (text: string | null, expected: string): void => {
  expect(Math.abs(Number(text) - Number(expected))).toBeLessThan(1e-9);
};

describe.skipIf(examples.length === 0)(
  'the worked examples of the tariff text (skipped: ../shared/data/pricing-examples.json is not here)',
  () => {
    it('there are at least 26 worked examples', () =>
      expect(examples.length).toBeGreaterThanOrEqual(26));

    it('each worked example has a golden case in this project', () => {
      expect(examples.map(({ id }) => id).toSorted()).toEqual(Object.keys(ownCases).toSorted());
      expect(new Set(Object.values(ownCases)).size).toBe(examples.length);
    });

    it.each(examples)(
      'the worked example $id has the price stated in the specification',
      ({ tariff, cdr, timeZone, expected }) => {
        const priced = priceOcpiCdr(JSON.stringify(tariff), JSON.stringify(cdr), timeZone);
        if (priced.kind !== 'priced') throw new Error(JSON.stringify(priced.problems));
        const { excl_vat: excl, incl_vat: incl } = expected.total_cost;
        const ours = expected.rounded_to_decimals === null ? priced.unrounded : priced.total;
        near(ours.exclVat, excl);
        if (incl !== null) near(ours.inclVat, incl);
      },
    );
  },
);

describe('golden cases of the worked examples', () => {
  it.each(Object.values(ownCases))('the golden case %s exists', (name) => {
    expect(existsSync(`${golden}${name}/expected.json`)).toBe(true);
  });
});
