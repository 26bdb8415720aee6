import { priceSession } from '../../core/tariff/price-session.ts';
import { median } from '../report/median.ts';
import { atMost, type Row } from '../report/row.ts';
import { decimalWorkOf, priceWithDecimals } from './price-with-decimals.ts';
import { pricingSession, pricingTariff, pricingTimeZone } from './pricing-sample.ts';

const rounds = 30;
const runsOfRound = 40;

const price = () => priceSession(pricingTariff, pricingSession, pricingTimeZone);

/**
 * The time to price a session whole (split, matched, rounded, explained) against the time that decimal.js takes for the
 * additions and multiplications in it alone. Both are measured in turns, so that what slows the machine slows both.
 */
export function measurePricing(): readonly Row[] {
  const work = decimalWorkOf(pricingTariff, price());
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const [one, other] = [time(price), time(() => priceWithDecimals(work))];
    // The first rounds are compiled meanwhile.
    if (round < 0) continue;
    ours.push(one);
    theirs.push(other);
  }
  const ratios = ours.map((milliseconds, round) => milliseconds / (theirs[round] ?? Number.NaN));
  const perSecond = (times: readonly number[]) => (1000 / median(times)).toFixed(0);
  const note = `${perSecond(ours)} sessions per second, decimal.js ${perSecond(theirs)}`;
  return [
    atMost(
      'Pricing 500 periods under 30 elements / their sums and products in decimal.js',
      12,
      median(ratios),
      { unit: '×', note },
    ),
  ];
}

/** Milliseconds that one run takes. */
function time(run: () => unknown): number {
  const began = performance.now();
  for (let n = 0; n < runsOfRound; n += 1) run();
  return (performance.now() - began) / runsOfRound;
}
