import type { TariffDimension } from '../model/tariff.ts';

/** A price component ready to be multiplied: every number a scaled integer. */
export type Rate = {
  readonly dimension: TariffDimension;
  /** Index of its tariff element. */
  readonly element: number;
  /** 10^-6 of the currency, per kWh, per hour or once. */
  readonly price: bigint;
  /** 10^-4 percent; absent where no VAT applies. */
  readonly vat?: bigint;
  /** mWh for ENERGY, milliseconds for the times; 0 bills exactly; a flat fee has none, whatever it states. */
  readonly step: bigint;
};
