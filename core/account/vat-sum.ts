import type { TenThousandths } from '../analytics/figures.ts';

/** The sum that was billed at one VAT rate. */
export type VatSum = {
  /**
   * Percent. Null for lines without VAT, for what minimum prices, maximum prices and promo codes change in a CDR of several rates, each of which
   * has a part of it, and for a roaming partner's total whose rate is unknown.
   */
  readonly vatPercent: string | null;
  readonly exclVat: TenThousandths;
  readonly inclVat: TenThousandths;
};
