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

const near = (text: string | null, expected: string): void => {
  expect(Math.abs(Number(text) - Number(expected))).toBeLessThan(1e-9);
};

describe.skipIf(examples.length === 0)(
  'the worked examples of the tariff text (skipped: ../shared/data/pricing-examples.json is not here)',
  () => {
    it('are all there', () => expect(examples.length).toBeGreaterThanOrEqual(26));

    it.each(examples)('$id costs what the text says', ({ tariff, cdr, timeZone, expected }) => {
      const priced = priceOcpiCdr(JSON.stringify(tariff), JSON.stringify(cdr), timeZone);
      if (priced.kind !== 'priced') throw new Error(JSON.stringify(priced.problems));
      const { excl_vat: excl, incl_vat: incl } = expected.total_cost;
      const ours = expected.rounded_to_decimals === null ? priced.unrounded : priced.total;
      near(ours.exclVat, excl);
      if (incl !== null) near(ours.inclVat, incl);
    });
  },
);
