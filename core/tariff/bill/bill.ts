import { currencyDecimals } from '../../units/currency.ts';
import { decimalOf, formatDecimal, shortDecimal } from '../../units/decimal.ts';
import { type Ratio, roundRatio } from '../../units/ratio.ts';
import type { Price, PriceLine } from '../model/price.ts';
import type { PriceLimit, Tariff } from '../model/tariff.ts';
import { type Amount, addAmounts, amountOf, noAmount } from './amount.ts';
import type { Charge } from './charges.ts';
import { atLeast, atMost, type Limit } from './limit-amount.ts';
import { lineOfCharge, lineOfLimit } from './price-line.ts';
import { type RoundedAmount, type RoundingRule, roundAmounts } from './round-amounts.ts';
import { vatFactor } from './vat-factor.ts';

/** A price without its periods. */
export type Bill = Pick<Price, 'total' | 'unrounded' | 'lines'>;

type Costed = { readonly charge: Charge; readonly amount: Amount };

/** The rounding of a tariff with its decimals filled in: those of the currency unless stated. */
const ruleOf = ({ rounding, currency }: Tariff): RoundingRule => ({
  mode: rounding.mode,
  scope: rounding.scope,
  decimals: rounding.decimals ?? currencyDecimals(currency) ?? 2,
});

const limitOf = (stated: PriceLimit): Limit => {
  const read = (text: string): Ratio => ({ n: decimalOf(text, 6), d: 10n ** 6n });
  return {
    excl: read(stated.exclVat),
    ...(stated.inclVat === undefined ? {} : { incl: read(stated.inclVat) }),
  };
};

/** Rounds what each charge costs, VAT rate by VAT rate, and keeps the order of the charges. */
const roundByVat = (
  costed: readonly Costed[],
  rule: RoundingRule,
): ReadonlyMap<Charge, RoundedAmount> => {
  const rounded = new Map<Charge, RoundedAmount>();
  for (const vat of new Set(costed.map(({ charge }) => charge.rate.vat))) {
    const group = costed.filter(({ charge }) => charge.rate.vat === vat);
    const amounts = roundAmounts(
      group.map(({ amount }) => amount),
      rule,
    );
    for (const [index, { charge }] of group.entries()) {
      rounded.set(charge, amounts[index] ?? { excl: 0n, incl: 0n });
    }
  }
  return rounded;
};

const unroundedText = (value: Ratio): string => shortDecimal(roundRatio(value, 12, 'half-up'), 12);

/** Rounds an amount and its limit alike, so that a limited total is exactly the limit. */
const roundAmount = ({ excl, incl }: Amount, rule: RoundingRule): RoundedAmount => ({
  excl: roundRatio(excl, rule.decimals, rule.mode),
  incl: roundRatio(incl, rule.decimals, rule.mode),
});

const inUnits = ({ excl, incl }: RoundedAmount, decimals: number): Amount => {
  const d = 10n ** BigInt(decimals);
  return { excl: { n: excl, d }, incl: { n: incl, d } };
};

type Limited = { readonly total: RoundedAmount; readonly lines: readonly PriceLine[] };

const limitRounded = (
  before: Limited,
  component: 'MIN_PRICE' | 'MAX_PRICE',
  stated: PriceLimit | undefined,
  vat: Ratio,
  rule: RoundingRule,
): Limited => {
  if (stated === undefined) return before;
  const apply = component === 'MIN_PRICE' ? atLeast : atMost;
  const limited = apply(inUnits(before.total, rule.decimals), limitOf(stated), vat);
  const total = roundAmount(limited, rule);
  const change = { excl: total.excl - before.total.excl, incl: total.incl - before.total.incl };
  if (change.excl === 0n && change.incl === 0n) return before;
  return { total, lines: [...before.lines, lineOfLimit(component, change, rule.decimals)] };
};

const limitExact = (exact: Amount, { minPrice, maxPrice }: Tariff, vat: Ratio): Amount => {
  const raised = minPrice === undefined ? exact : atLeast(exact, limitOf(minPrice), vat);
  return maxPrice === undefined ? raised : atMost(raised, limitOf(maxPrice), vat);
};

const sumOf = (amounts: Iterable<RoundedAmount>): RoundedAmount => {
  let [excl, incl] = [0n, 0n];
  for (const amount of amounts) {
    excl += amount.excl;
    incl += amount.incl;
  }
  return { excl, incl };
};

/**
 * Turns charges into a bill: exact amounts, rounded once where the tariff says (each VAT rate's total unless it says
 * otherwise), then held between the least and the greatest price. The lines always add up to the total.
 */
export const billOf = (charges: readonly Charge[], tariff: Tariff): Bill => {
  const rule = ruleOf(tariff);
  const costed = charges.map((charge) => ({
    charge,
    amount: amountOf(charge, tariff.taxIncluded === true),
  }));
  const rounded = roundByVat(costed, rule);
  const lines = charges.map((charge) =>
    lineOfCharge(charge, rounded.get(charge) ?? { excl: 0n, incl: 0n }, tariff, rule.decimals),
  );
  const unlimited: Limited = { total: sumOf(rounded.values()), lines };
  const charged = costed.map(({ amount }) => amount).reduce(addAmounts, noAmount);
  const vat = vatFactor(charged, tariff);
  const raised = limitRounded(unlimited, 'MIN_PRICE', tariff.minPrice, vat, rule);
  const limited = limitRounded(raised, 'MAX_PRICE', tariff.maxPrice, vat, rule);
  const exact = limitExact(charged, tariff, vat);
  return {
    total: {
      currency: tariff.currency,
      exclVat: formatDecimal(limited.total.excl, rule.decimals),
      inclVat: formatDecimal(limited.total.incl, rule.decimals),
    },
    unrounded: { exclVat: unroundedText(exact.excl), inclVat: unroundedText(exact.incl) },
    lines: limited.lines,
  };
};
