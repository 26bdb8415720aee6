import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenValue } from '../../../build/ocpi/golden-objects.ts';
import { billFigures, roamingBill } from '../../../core/account/roaming-bill.ts';
import { type BilledCdr, type Statement, statementOf } from '../../../core/account/statement.ts';
import { addFigures, figuresOf } from '../../../core/analytics/figures.ts';
import { contributionOf } from '../../../core/analytics/rollup.ts';
import { creditCdr } from '../../../core/cdr/correct/credit-cdr.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { cdrWith } from '../analytics/cdrs.ts';
import { anyStep, decimal, session, someZone, tariffOf } from '../tariff/arbitraries.ts';

const month = '2026-02';
const partnerCdr = goldenValue({ name: 'cdr', kind: 'cdr' }) as PartnerCdr;

/** A CDR whose lines and total are the price of a session by a tariff of up to three VAT rates, around the ends of a month. */
const pricedCdr: fc.Arbitrary<BilledCdr> = fc
  .record({
    tariff: tariffOf(anyStep),
    minPrice: fc.option(decimal(2000, 2), { nil: undefined }),
    metered: session,
    zone: someZone,
    currency: fc.constantFrom('EUR', 'CHF'),
    vats: fc.array(fc.constantFrom('7', '19', '8.1', undefined), { minLength: 3, maxLength: 3 }),
    endedAt: fc
      .integer({ min: Date.UTC(2026, 0, 30), max: Date.UTC(2026, 2, 3) })
      .map((at) => new Date(at).toISOString()),
  })
  .map(({ tariff: stated, minPrice, metered, zone, currency, vats, endedAt }) => {
    const tariff: Tariff = {
      ...stated,
      currency,
      ...(minPrice === undefined ? {} : { minPrice: { exclVat: minPrice } }),
      elements: stated.elements.map((element, index) => ({
        ...element,
        priceComponents: element.priceComponents.map(({ vat: _, ...component }) => {
          const vat = vats[index % vats.length];
          return vat === undefined ? component : { ...component, vat };
        }),
      })),
    };
    const { lines, total } = priceSession(tariff, metered, zone);
    return { ...cdrWith({ endedAt, timeZone: zone }, total), total, lines };
  });

/** CDRs of an account, some of which are credited; each has an id of its own. */
const cdrsOfAccount = fc.array(fc.tuple(pricedCdr, fc.boolean()), { maxLength: 12 }).map((cdrs) =>
  cdrs.flatMap(([cdr, isCredited], n): readonly BilledCdr[] => {
    const own = { ...cdr, cdrId: `cdr-${n}` };
    const credit = creditCdr(own);
    return isCredited ? [own, { ...credit, total: credit.total ?? own.total }] : [own];
  }),
);

const shown = ({ sums }: Statement) =>
  sums.map(({ currency, figures }) => ({ currency, ...figures }));

describe('the statement of an account', () => {
  it('the sums of all VAT rates are those of the currency, and those are the sums of the CDRs, to the last digit', () => {
    fc.assert(
      fc.property(cdrsOfAccount, (cdrs) => {
        const { sums, cdrs: listed } = statementOf(month, cdrs);
        for (const { currency, figures, vat } of sums) {
          const own = listed.filter(({ total }) => total.currency === currency);
          expect(figures).toEqual(own.map(figuresOf).reduce(addFigures));
          expect(vat.reduce((sum, { exclVat }) => sum + exclVat, 0n)).toBe(figures.exclVat);
          expect(vat.reduce((sum, { inclVat }) => sum + inclVat, 0n)).toBe(figures.inclVat);
          expect(new Set(vat.map(({ vatPercent }) => vatPercent)).size).toBe(vat.length);
        }
        expect(sums.reduce((n, { currency }) => n + currency.length, 0)).toBe(
          new Set(listed.map(({ total }) => total.currency)).size * 3,
        );
      }),
    );
  });

  it('a CDR counts for the month for which the sums of the account count it', () => {
    fc.assert(
      fc.property(cdrsOfAccount, (cdrs) => {
        const counted = cdrs.filter((cdr) => contributionOf(cdr, 1, 'l')?.charger.month === month);
        const ids = statementOf(month, cdrs).cdrs.map(({ cdrId }) => cdrId);
        expect(ids.toSorted()).toEqual(counted.map(({ cdrId }) => cdrId).toSorted());
      }),
    );
  });

  it('a statement is the same for the same CDRs in any order and any number', () => {
    fc.assert(
      fc.property(
        cdrsOfAccount.chain((cdrs) =>
          fc.tuple(
            fc.constant(cdrs),
            fc.shuffledSubarray([...cdrs, ...cdrs], { minLength: cdrs.length * 2 }),
          ),
        ),
        ([cdrs, repeated]) => {
          expect(statementOf(month, repeated)).toEqual(statementOf(month, cdrs));
        },
      ),
    );
  });

  it('a CDR and its credit leave nothing in any VAT rate', () => {
    fc.assert(
      fc.property(pricedCdr, (cdr) => {
        const credit = creditCdr(cdr);
        const statement = statementOf(cdr.endedAt.slice(0, 7), [
          { ...cdr, timeZone: 'UTC' },
          { ...credit, total: credit.total ?? cdr.total, timeZone: 'UTC' },
        ]);
        expect(shown(statement)).toMatchObject([{ sessions: 0n, exclVat: 0n, inclVat: 0n }]);
        for (const { vat } of statement.sums) {
          for (const { exclVat, inclVat } of vat) expect([exclVat, inclVat]).toEqual([0n, 0n]);
        }
      }),
    );
  });

  it('what roaming partners bill adds up with the own CDRs, to the last digit, in whatever way they write a rate', () => {
    const amount = fc.integer({ min: -500_000, max: 5_000_000 });
    const bill = fc
      .record({
        n: fc.nat(5),
        currency: fc.constantFrom('EUR', 'CHF'),
        rate: fc.constantFrom('19', '19.0', '7', undefined),
        exclVat: amount,
        inclVat: fc.option(amount, { nil: undefined }),
        energy: fc.nat(90_000),
      })
      .map(({ n, currency, rate, exclVat, inclVat, energy }) => {
        const money = (digits: number): string => (digits / 10_000).toFixed(4);
        const taxes = rate === undefined ? [] : [{ name: 'VAT', percentage: rate, amount: '0' }];
        const totalCost = {
          ...{ exclVat: money(exclVat), taxes },
          ...(inclVat === undefined ? {} : { inclVat: money(inclVat) }),
        };
        const endDateTime = '2026-02-11T09:10:00.000Z';
        const own = {
          endDateTime,
          currency,
          totalCost,
          tariffs: [],
          totalEnergy: String(energy / 1_000),
        };
        return roamingBill(`rcd_${n}`, { ...partnerCdr, ...own }, 'Europe/Berlin', []);
      });
    fc.assert(
      fc.property(cdrsOfAccount, fc.array(bill, { maxLength: 6 }), (cdrs, bills) => {
        const { sums, cdrs: own, roaming } = statementOf(month, cdrs, bills);
        expect(roaming).toHaveLength(new Set(bills.map(({ cdrId }) => cdrId)).size);
        for (const { currency, figures, vat } of sums) {
          const all = [
            ...own.filter(({ total }) => total.currency === currency).map(figuresOf),
            ...roaming.filter(({ cdr }) => cdr.currency === currency).map(billFigures),
          ];
          expect(figures).toEqual(all.reduce(addFigures));
          expect(vat.reduce((sum, { exclVat }) => sum + exclVat, 0n)).toBe(figures.exclVat);
          expect(vat.reduce((sum, { inclVat }) => sum + inclVat, 0n)).toBe(figures.inclVat);
          const rates = vat.map(({ vatPercent }) => vatPercent && Number(vatPercent));
          expect(new Set(rates).size).toBe(vat.length);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('a minimum price belongs to the VAT rate of a CDR that has one rate, and to none where it has several', () => {
    const minimum = { component: 'MIN_PRICE', vatPercent: null } as const;
    const line = (vatPercent: string, exclVat: string, inclVat: string) =>
      ({ component: 'ENERGY', vatPercent, exclVat, inclVat }) as const;
    const statement = (...lines: readonly object[]) => {
      const total = { currency: 'EUR', exclVat: '0', inclVat: '0' };
      const cdr = { ...cdrWith({ endedAt: '2026-02-10T12:00:00.000Z' }, total), total };
      const { sums } = statementOf(month, [{ ...cdr, lines: lines as BilledCdr['lines'] }]);
      return sums.flatMap(({ vat }) => vat);
    };
    const low = line('19', '1.00', '1.19');
    const raised = { ...minimum, exclVat: '4.00', inclVat: '4.76' };
    expect(statement(low, raised)).toEqual([
      { vatPercent: '19', exclVat: 50_000n, inclVat: 59_500n },
    ]);
    expect(statement(low, line('7', '1.00', '1.07'), raised)).toEqual([
      { vatPercent: '19', exclVat: 10_000n, inclVat: 11_900n },
      { vatPercent: '7', exclVat: 10_000n, inclVat: 10_700n },
      { vatPercent: null, exclVat: 40_000n, inclVat: 47_600n },
    ]);
  });
});
