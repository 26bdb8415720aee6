import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenValue } from '../../../../build/ocpi/golden-objects.ts';
import { priceOfCdr } from '../../../../core/ocpi/check/price-of-cdr.ts';
import type { PartnerCdr } from '../../../../core/ocpi/model/cdr.ts';
import { cdrParts } from '../../../../core/ocpi/settle/cdr-parts.ts';
import { type SettledCdr, settlements } from '../../../../core/ocpi/settle/settle.ts';
import { settledCdr } from '../../../../core/ocpi/settle/settled-cdr.ts';
import { settlementCsv } from '../../../../core/ocpi/settle/settlement-csv.ts';
import { settlementMonth } from '../../../../core/ocpi/settle/settlement-month.ts';

const cdr = goldenValue({ name: 'cdr', kind: 'cdr' }) as PartnerCdr;
const centsOf = (text: string): bigint => BigInt(Math.round(Number(text) * 100));
const textOf = (cents: number): string =>
  (cents / 100)
    .toFixed(2)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');

const settled: fc.Arbitrary<SettledCdr> = fc.record({
  partnerId: fc.constantFrom('p1', 'p2'),
  direction: fc.constantFrom('receivable' as const, 'payable' as const),
  cdrId: fc.uuid(),
  month: fc.constantFrom('2026-03', '2026-04'),
  currency: fc.constantFrom('EUR', 'SEK'),
  energyKwh: fc.nat(90_000).map((wh) => String(wh / 1000)),
  parts: fc.array(
    fc.record({
      vatPercent: fc.constantFrom('19', '19.0', '7', null),
      exclVat: fc.integer({ min: -5000, max: 50_000 }).map(textOf),
      inclVat: fc.integer({ min: -5000, max: 60_000 }).map(textOf),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  differs: fc.boolean(),
});

describe('the settlement with a partner', () => {
  it('sums equal the CDRs to the last digit, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(settled, { maxLength: 12 }), (cdrs) => {
        const rows = settlements(cdrs);
        const names = rows.map(({ vatPercent, ...row }) =>
          [row.partnerId, row.direction, row.month, row.currency, Number(vatPercent ?? -1)].join(),
        );
        expect(new Set(names).size).toBe(names.length);
        for (const currency of ['EUR', 'SEK']) {
          const ofCdrs = cdrs
            .filter((each) => each.currency === currency)
            .flatMap(({ parts }) => parts);
          const ofRows = rows.filter((row) => row.currency === currency);
          const total = (values: readonly (string | null)[]): bigint =>
            values.reduce((sum, value) => sum + centsOf(value ?? '0'), 0n);
          expect(total(ofRows.map((row) => row.exclVat))).toBe(
            total(ofCdrs.map((part) => part.exclVat)),
          );
          expect(total(ofRows.map((row) => row.inclVat))).toBe(
            total(ofCdrs.map((part) => part.inclVat)),
          );
        }
        const disputed = rows.map((row) => row.differingExclVat);
        const differing = cdrs.filter(({ differs }) => differs).flatMap(({ parts }) => parts);
        expect(disputed.reduce((sum, value) => sum + centsOf(value), 0n)).toBe(
          differing.reduce((sum, { exclVat }) => sum + centsOf(exclVat), 0n),
        );
        expect(rows.reduce((sum, row) => sum + row.differingCdrs, 0)).toBe(differing.length);
        const energy = (values: readonly string[]): number =>
          values.reduce((sum, value) => sum + Math.round(Number(value) * 1000), 0);
        expect(energy(rows.map((row) => row.energyKwh))).toBe(
          energy(cdrs.map((each) => each.energyKwh)),
        );
        expect(settlements(cdrs.toReversed())).toEqual(rows);
      }),
    );
  });

  it('a CDR without VAT leaves the VAT of its sum open', () => {
    const part = { vatPercent: null, exclVat: '1.5', inclVat: null };
    const one: SettledCdr = {
      partnerId: 'p1',
      direction: 'payable',
      cdrId: 'C1',
      month: '2026-03',
      currency: 'EUR',
      energyKwh: '3',
      parts: [part],
    };
    expect(settlements([one])).toMatchObject([
      { exclVat: '1.5', vat: null, inclVat: null, cdrs: 1 },
    ]);
  });

  it.each([
    ['2026-03-31T23:59:59Z', '2026-03'],
    ['2026-04-01T00:00:00Z', '2026-04'],
    ['2026-12-31T23:59:59.999Z', '2026-12'],
  ])('a CDR whose session ended %s belongs to %s', (ended, month) => {
    expect(settlementMonth(ended)).toBe(month);
  });

  it('the rows are CSV that no spreadsheet takes for formulas', () => {
    const row = {
      partnerId: '=cmd,"x"',
      direction: 'payable' as const,
      month: '2026-03',
      currency: 'EUR',
      vatPercent: '19',
      cdrs: 2,
      energyKwh: '3.5',
      exclVat: '-1.5',
      vat: null,
      inclVat: null,
      ...{ differingCdrs: 1, differingExclVat: '-0.5' },
    };
    expect(settlementCsv([row])).toBe(
      'partnerId,direction,month,currency,vatPercent,cdrs,energyKwh,exclVat,vat,inclVat,differingCdrs,differingExclVat\r\n' +
        `"'=cmd,""x""",payable,2026-03,EUR,19,2,3.5,-1.5,,,1,-0.5\r\n`,
    );
  });
});

describe('the parts of a CDR by VAT rate', () => {
  it('one tax with a rate is the whole, as is the one rate of the tariff', () => {
    const whole = { exclVat: '9.27', inclVat: '11.03' };
    expect(cdrParts(cdr)).toEqual([{ vatPercent: '19', ...whole }]);
    const taxes = [{ name: 'VAT', percentage: '20', amount: '1.76' }];
    expect(cdrParts({ ...cdr, totalCost: { ...whole, taxes } })).toEqual([
      { vatPercent: '20', ...whole },
    ]);
  });

  const mixed: PartnerCdr = {
    ...cdr,
    tariffs: cdr.tariffs.map((tariff) => ({
      ...tariff,
      elements: tariff.elements.map((element) => ({
        ...element,
        priceComponents: element.priceComponents.map((component) =>
          component.type === 'PARKING_TIME' ? { ...component, vat: '7' } : component,
        ),
      })),
    })),
    totalCost: { exclVat: '9.27', inclVat: '10.74' },
  };

  it('several rates are split by the lines of our price, and add up', () => {
    const price = priceOfCdr(mixed, [], 'Europe/Berlin');
    if (price.kind !== 'priced') throw new Error(price.reason);
    expect(cdrParts(mixed, price.lines)).toEqual([
      { vatPercent: '19', exclVat: '6.77', inclVat: '8.06' },
      { vatPercent: '7', exclVat: '2.5', inclVat: '2.68' },
    ]);
  });

  it.each([
    ['of one rate', cdr],
    ['of several rates', mixed],
    ['without VAT, as in 2.1.1', { ...mixed, totalCost: { exclVat: '9.27' } }],
  ])(
    'a CDR %s and its credit are nothing together, at every rate',
    (_name, original: PartnerCdr) => {
      const { exclVat, inclVat } = original.totalCost;
      const back = { exclVat: `-${exclVat}`, ...(inclVat && { inclVat: `-${inclVat}` }) };
      const credit: PartnerCdr = {
        ...original,
        ...{ id: `${original.id}-C`, credit: true, creditReferenceId: original.id },
        totalCost: back,
      };
      const whose = { partnerId: 'p1', direction: 'payable', month: '2026-03' } as const;
      const both = [original, credit].map((one) => {
        const price = priceOfCdr(one, [], 'Europe/Berlin');
        if (price.kind !== 'priced') throw new Error(price.reason);
        return settledCdr(one, whose, price.lines);
      });
      for (const sum of settlements(both)) {
        expect([sum.cdrs, sum.energyKwh, sum.exclVat]).toEqual([2, '0', '0']);
        expect(sum.inclVat ?? '0').toBe('0');
      }
    },
  );

  it('a total that our lines do not add up to has no known rate', () => {
    expect(cdrParts(mixed, [])).toEqual([{ vatPercent: null, exclVat: '9.27', inclVat: '10.74' }]);
  });
});
