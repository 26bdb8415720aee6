import { shortDecimal } from '../../units/decimal.ts';
import type { Tariff } from '../model/tariff.ts';
import { describeRestrictions } from '../rate/describe-restrictions.ts';
import type { Charge } from './charges.ts';
import { lineQuantity } from './line-quantity.ts';

/** A length of time above 0 in words: `1 h 30 min`, `45 s`; parts of a second are kept. */
const spellDuration = (milliseconds: bigint): string => {
  const [hours, rest] = [milliseconds / 3_600_000n, milliseconds % 3_600_000n];
  const [minutes, seconds] = [rest / 60_000n, rest % 60_000n];
  const parts = [
    ...(hours > 0n ? [`${hours} h`] : []),
    ...(minutes > 0n ? [`${minutes} min`] : []),
    ...(seconds > 0n ? [`${shortDecimal(seconds, 3)} s`] : []),
  ];
  return parts.join(' ');
};

const spellQuantity = ({ rate }: Charge, quantity: bigint): string =>
  rate.dimension === 'ENERGY' ? `${lineQuantity(rate, quantity)} kWh` : spellDuration(quantity);

const spellStep = (charge: Charge): string => {
  if (charge.billed === charge.quantity) return '';
  const { dimension, step } = charge.rate;
  const steps = `${step / 1000n} ${dimension === 'ENERGY' ? 'Wh' : 's'}`;
  return `, rounded up from ${spellQuantity(charge, charge.quantity)} as the session's total is billed in steps of ${steps}`;
};

const spellIdle = ({ rate }: Charge, tariff: Tariff): string => {
  if (rate.dimension !== 'PARKING_TIME') return '';
  const { idleGraceMinutes = 0, idleCapMinutes } = tariff;
  const grace = idleGraceMinutes > 0 ? `, after ${idleGraceMinutes} free minutes` : '';
  return idleCapMinutes === undefined ? grace : `${grace}, for ${idleCapMinutes} minutes at most`;
};

const subjectOf = ({ rate, phase }: Charge): string => {
  switch (rate.dimension) {
    case 'ENERGY':
      return 'of energy';
    case 'TIME':
      return phase === 'reservation' ? 'of reservation' : 'of charging';
    case 'PARKING_TIME':
      return 'of idle time';
    case 'FLAT':
      return phase === 'reservation' ? 'Fee for the reservation' : 'Fee for the session';
    default:
      return rate.dimension satisfies never;
  }
};

const spellAmount = (charge: Charge, tariff: Tariff, unitPrice: string): string => {
  const price = `${unitPrice} ${tariff.currency}`;
  const subject = subjectOf(charge);
  if (charge.rate.dimension === 'FLAT') return `${subject} of ${price}`;
  const unit = charge.rate.dimension === 'ENERGY' ? 'kWh' : 'hour';
  return `${spellQuantity(charge, charge.billed)} ${subject} at ${price} per ${unit}`;
};

/** One sentence that explains a line of a bill: how much at which price, and why this price and this much. */
export const explainCharge = (charge: Charge, tariff: Tariff, unitPrice: string): string => {
  const when = describeRestrictions(tariff.elements[charge.rate.element]?.restrictions);
  const parts = [
    spellAmount(charge, tariff, unitPrice),
    tariff.taxIncluded === true ? ' including tax' : '',
    when === '' ? '' : ` (${when})`,
    spellStep(charge),
    spellIdle(charge, tariff),
  ];
  return `${parts.join('')}.`;
};
