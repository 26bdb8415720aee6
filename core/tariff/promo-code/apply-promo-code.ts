import { decimalOf, formatDecimal, shortDecimal } from '../../units/decimal.ts';
import { addRatios, type Ratio, ratio, roundRatio, zeroRatio } from '../../units/ratio.ts';
import type { Amount } from '../bill/amount.ts';
import { lineTime } from '../bill/line-time.ts';
import type { RoundedAmount } from '../bill/round-amounts.ts';
import type { Price, PriceLine } from '../model/price.ts';
import type { PromoBenefit, PromoCode } from './promo-code.ts';

/** The part of a promo code that affects a price. */
type Gives = Pick<PromoCode, 'code' | 'benefit'>;

const exact = (text: string): Ratio => ratio(decimalOf(text, 12), 10n ** 12n);

const times = (amount: Amount, share: Ratio): Amount => ({
  excl: { n: amount.excl.n * share.n, d: amount.excl.d * share.d },
  incl: { n: amount.incl.n * share.n, d: amount.incl.d * share.d },
});

const amountIn = ({ exclVat, inclVat }: { exclVat: string; inclVat: string }): Amount => ({
  excl: exact(exclVat),
  incl: exact(inclVat),
});

const milliWattHoursIn = (kwh: string): bigint => decimalOf(kwh, 6);

const share = (part: bigint, whole: bigint): Ratio => {
  if (whole <= 0n) return zeroRatio;
  return part >= whole ? ratio(1n) : ratio(part, whole);
};

/** The cost of the first `quantity` of some lines, line by line, where `read` gives the quantity that a line bills. */
const costOfFirst = (
  lines: readonly PriceLine[],
  quantity: bigint,
  read: (billedQuantity: string) => bigint,
): Amount => {
  let left = quantity;
  let cost: Amount = { excl: zeroRatio, incl: zeroRatio };
  for (const line of lines) {
    const billed = read(line.billedQuantity);
    const part = times(amountIn(line), share(left, billed));
    cost = { excl: addRatios(cost.excl, part.excl), incl: addRatios(cost.incl, part.incl) };
    left = left > billed ? left - billed : 0n;
  }
  return cost;
};

const discountOf = ({ lines, total }: Price, benefit: PromoBenefit): Amount => {
  const of = (component: PriceLine['component']) =>
    lines.filter((line) => line.component === component);
  switch (benefit.kind) {
    case 'percent':
      return times(amountIn(total), share(decimalOf(benefit.percent, 4), 10n ** 6n));
    case 'amount':
      return times(
        amountIn(total),
        share(decimalOf(benefit.inclVat, 12), decimalOf(total.inclVat, 12)),
      );
    case 'kWh':
      return costOfFirst(of('ENERGY'), milliWattHoursIn(benefit.kwh), milliWattHoursIn);
    case 'minutes':
      return costOfFirst(of('TIME'), BigInt(benefit.minutes) * 60_000n, lineTime);
    default:
      return benefit satisfies never;
  }
};

const explainBenefit = (benefit: PromoBenefit): string => {
  switch (benefit.kind) {
    case 'percent':
      return `${benefit.percent} % off`;
    case 'amount':
      return `${benefit.inclVat} ${benefit.currency} off, including VAT`;
    case 'kWh':
      return `the first ${benefit.kwh} kWh free`;
    case 'minutes':
      return `the first ${benefit.minutes} minutes of charging free`;
    default:
      return benefit satisfies never;
  }
};

const lineOf = ({ code, benefit }: Gives, off: RoundedAmount, decimals: number): PriceLine => {
  const exclVat = formatDecimal(-off.excl, decimals);
  return {
    component: 'PROMO_CODE',
    quantity: '1',
    billedQuantity: '1',
    unit: 'session',
    unitPrice: exclVat,
    vatPercent: null,
    exclVat,
    inclVat: formatDecimal(-off.incl, decimals),
    reason: `Promo code ${code}: ${explainBenefit(benefit)}.`,
  };
};

const smaller = (a: bigint, b: bigint): bigint => {
  const first = a < b;
  return first ? a : b;
};

const lessOff = (unrounded: string, off: bigint, decimals: number): string => {
  const rest = decimalOf(unrounded, 12) - off * 10n ** BigInt(12 - decimals);
  return shortDecimal(rest < 0n ? 0n : rest, 12);
};

/**
 * Takes what a promo code gives off a price, after the tariff and its limits, as a line of its own that has its share of
 * VAT. Never below zero, nor less with VAT than without; rounded half up. A code that gives nothing leaves the very same
 * price.
 */
export const applyPromoCode = (price: Price, promo: Gives): Price => {
  // A total without a point has no decimals.
  const decimals = price.total.exclVat.split('.')[1]?.length ?? 0;
  const read = (text: string): bigint => decimalOf(text, decimals);
  const discount = discountOf(price, promo.benefit);
  const [excl, incl] = [read(price.total.exclVat), read(price.total.inclVat)];
  const left = {
    excl: excl - smaller(roundRatio(discount.excl, decimals, 'half-up'), excl),
    incl: incl - smaller(roundRatio(discount.incl, decimals, 'half-up'), incl),
  };
  // A limit can leave less VAT in the total than there is in the lines.
  const off = { excl: excl - smaller(left.excl, left.incl), incl: incl - left.incl };
  if (off.excl === 0n && off.incl === 0n) return price;
  return {
    ...price,
    total: {
      ...price.total,
      exclVat: formatDecimal(excl - off.excl, decimals),
      inclVat: formatDecimal(incl - off.incl, decimals),
    },
    unrounded: {
      exclVat: lessOff(price.unrounded.exclVat, off.excl, decimals),
      inclVat: lessOff(price.unrounded.inclVat, off.incl, decimals),
    },
    lines: [...price.lines, lineOf(promo, off, decimals)],
    beforePromoCode: { total: price.total, unrounded: price.unrounded },
  };
};
