/** Money as every API shows it: decimal strings, rounded as the tariff says. */
export type Money = {
  readonly currency: string;
  readonly exclVat: string;
  readonly inclVat: string;
};

/** One line of a bill with its reason: quantity × unit price, before and after step size. */
export type PriceLine = {
  readonly component:
    | 'ENERGY'
    | 'TIME'
    | 'PARKING_TIME'
    | 'FLAT'
    | 'ROUNDING'
    | 'MIN_PRICE'
    | 'MAX_PRICE'
    | 'PROMO_CODE';
  /** Decimal string in `unit`. */
  readonly quantity: string;
  /** The billed quantity, after the step size. */
  readonly billedQuantity: string;
  readonly unit: 'kWh' | 'h' | 'session';
  readonly unitPrice: string;
  /** Percent; null where no VAT applies. */
  readonly vatPercent: string | null;
  readonly exclVat: string;
  readonly inclVat: string;
  /** One sentence that explains the line. */
  readonly reason: string;
};

/** A span of the session under one set of prices. */
export type PricePeriod = {
  readonly startedAt: string;
  readonly endedAt: string;
  /** Up to 6 decimals, exact. */
  readonly energyKwh: number;
  readonly activity: 'charging' | 'idle';
  /** Indices into the tariff's elements, by dimension; absent where that dimension is free. */
  readonly elements: Partial<Record<'ENERGY' | 'TIME' | 'PARKING_TIME' | 'FLAT', number>>;
};

/** A priced session: the total, and everything that explains it. */
export type Price = {
  readonly total: Money;
  /** The exact total as decimals with enough places that nothing is lost, or rounded to 12. */
  readonly unrounded: { readonly exclVat: string; readonly inclVat: string };
  readonly lines: readonly PriceLine[];
  readonly periods: readonly PricePeriod[];
  /** The price by the tariff alone, if a promo code reduced it. */
  readonly beforePromoCode?: Pick<Price, 'total' | 'unrounded'>;
};
