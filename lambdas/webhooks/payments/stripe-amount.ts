import { type MinorUnits, minorUnits } from '../../../core/payment/minor-units.ts';

/** How many of Stripe's units one of the smallest coins of ISO 4217 is, as a fraction, where the two differ: ISK and UGX once had decimals, and MGA has none there. */
const units: Readonly<Record<string, readonly [of: bigint, per: bigint]>> = {
  ISK: [100n, 1n],
  UGX: [100n, 1n],
  MGA: [1n, 100n],
};

const unitsOf = (currency: string): readonly [bigint, bigint] =>
  units[currency.toUpperCase()] ?? [1n, 1n];

/** An amount as Stripe has it in its forms. */
export function toStripeAmount(amount: MinorUnits, currency: string): number {
  const [of, per] = unitsOf(currency);
  return Number((amount * of) / per);
}

/** An amount that Stripe states; `currency` in capitals or not. */
export function fromStripeAmount(amount: number, currency: string): MinorUnits {
  const [of, per] = unitsOf(currency);
  return minorUnits((BigInt(amount) * per) / of);
}
