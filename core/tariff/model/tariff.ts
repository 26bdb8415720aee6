/** The dimension of a price component (OCPI TariffDimensionType). */
export type TariffDimension = 'ENERGY' | 'TIME' | 'PARKING_TIME' | 'FLAT';

/** One price of a tariff element (OCPI PriceComponent). Decimals are strings, never floats. */
export type PriceComponent = {
  readonly type: TariffDimension;
  /** Excluding VAT, in the tariff's currency: per kWh, per hour, per hour or once. At most 6 decimals. */
  readonly price: string;
  /** Percent, at most 4 decimals; absent where no VAT applies. */
  readonly vat?: string;
  /**
   * Smallest billed amount: Wh for ENERGY, seconds for TIME and PARKING_TIME. The total of the session is rounded up to
   * a multiple of it; 0 bills the exact amount, 1 the next whole Wh or second.
   */
  readonly stepSize: number;
};

/** When an element holds (OCPI TariffRestrictions); every one given must hold. Times are local to the charger. */
export type TariffRestrictions = {
  readonly startTime?: string;
  readonly endTime?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly minKwh?: string;
  readonly maxKwh?: string;
  readonly minCurrent?: string;
  readonly maxCurrent?: string;
  readonly minPower?: string;
  readonly maxPower?: string;
  readonly minDuration?: number;
  readonly maxDuration?: number;
  readonly dayOfWeek?: readonly Weekday[];
  readonly reservation?: 'RESERVATION' | 'RESERVATION_EXPIRES';
};

/** A day of the week in OCPI's spelling. */
export type Weekday =
  | 'MONDAY'
  | 'TUESDAY'
  | 'WEDNESDAY'
  | 'THURSDAY'
  | 'FRIDAY'
  | 'SATURDAY'
  | 'SUNDAY';

/** Prices that hold together under the same restrictions (OCPI TariffElement). */
export type TariffElement = {
  readonly priceComponents: readonly PriceComponent[];
  readonly restrictions?: TariffRestrictions;
};

/** A price with and without VAT, decimals as strings (OCPI Price). */
export type PriceLimit = { readonly exclVat: string; readonly inclVat?: string };

/** How a total becomes an amount of money: once, at a named place, with a named mode. */
export type Rounding = {
  readonly mode: 'half-up' | 'half-even';
  /** `total`: once for each VAT rate on the total; `component`: each line, then summed. */
  readonly scope: 'total' | 'component';
  /** Decimals of the currency unless stated. */
  readonly decimals?: number;
};

/** A tariff as it is priced, whole: the OCPI element model plus what OCPI leaves out (grace, rounding). */
export type Tariff = {
  readonly tariffId: string;
  readonly version: number;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly elements: readonly TariffElement[];
  readonly minPrice?: PriceLimit;
  readonly maxPrice?: PriceLimit;
  /** Minutes of idle time that are free after charging ended; OCPI has no field for it. */
  readonly idleGraceMinutes?: number;
  /** Maximum of idle minutes with a price above 0 billed per session, after the grace period; the rest is free. OCPI has no field for it. */
  readonly idleCapMinutes?: number;
  readonly rounding: Rounding;
  /** True where prices include VAT (OCPI 2.3.0 `tax_included`); absent: they exclude it. */
  readonly taxIncluded?: boolean;
  /** OCPI TariffType, as in `REGULAR`; carried, not priced. */
  readonly type?: string;
  /** Texts about the tariff for drivers, by language (OCPI tariff_alt_text); passed through. */
  readonly altTexts?: readonly { readonly language: string; readonly text: string }[];
  /** Where drivers read more (OCPI tariff_alt_url); carried. */
  readonly altUrl?: string;
  /** ISO 8601 UTC: when the tariff becomes and stops being valid, the end exclusive. */
  readonly validFrom?: string;
  readonly validUntil?: string;
  /** True where only signed meter values bill a session: one without a valid signature is held. */
  readonly requireSignedValues?: boolean;
};

/** A tariff before it has an id and a version: what an operator states. */
export type TariffTerms = Omit<Tariff, 'tariffId' | 'version'>;
