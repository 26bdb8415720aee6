import type { Anomaly } from '../../metering/model/anomaly.ts';
import { anomalyOf } from '../../metering/model/anomaly-codes.ts';
import type { Price } from '../../tariff/model/price.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import { pricesCourse, timeNeedOf } from '../../tariff/model/time-need.ts';
import type { SignedFindings } from './signed-findings.ts';

/**
 * The missing requirements of a tariff with required signed values: a verified start and stop, times of the meter that may be priced by,
 * and, once it is priced, signed values of every moment at which the price of energy changes. Nothing replaces them.
 */
export const signedRequirements = (
  tariff: Tariff | undefined,
  signed: SignedFindings | undefined,
  price: Price | undefined,
): readonly Anomaly[] => {
  if (tariff?.requireSignedValues !== true) return [];
  if (signed?.verified === undefined) return [anomalyOf('SIGNED_REQUIRED')];
  const need = timeNeedOf(tariff);
  const isTimeGood = need === 'none' || signed.time === 'clock' || signed.time === need;
  return [
    ...(isTimeGood ? [] : [anomalyOf('SIGNED_TIME_UNTRUSTED')]),
    ...(price !== undefined && isSplit(tariff, price) ? [anomalyOf('SIGNED_COURSE_MISSING')] : []),
  ];
};

/** Only the whole energy is signed: how much of it fell under which price is known from unsigned readings alone. */
const isSplit = (tariff: Tariff, { periods }: Price): boolean => {
  if (!pricesCourse(tariff)) return false;
  const rates = periods
    .filter(({ energyKwh }) => energyKwh > 0)
    .map(({ elements }) => elements.ENERGY);
  return new Set(rates).size > 1;
};
