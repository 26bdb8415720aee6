/** One thing that is wrong with a stated tariff: where, which of docs/errors.md, and one clear sentence. */
export type TariffProblem = {
  /** Path to the value, as in `elements.0.priceComponents.1.price`. */
  readonly path: string;
  readonly code:
    | 'TARIFF_NUMBER_INVALID'
    | 'TARIFF_NUMBER_NEGATIVE'
    | 'TARIFF_DECIMALS_EXCEEDED'
    | 'TARIFF_VALUE_TOO_LARGE'
    | 'TARIFF_TIME_INVALID'
    | 'TARIFF_DATE_INVALID'
    | 'TARIFF_WINDOW_EMPTY'
    | 'TARIFF_CURRENCY_UNKNOWN'
    | 'TARIFF_ELEMENTS_MISSING'
    | 'TARIFF_COMPONENT_REPEATED'
    | 'TARIFF_RESERVATION_DIMENSION'
    | 'TARIFF_HOURS_WITHOUT_PRICE'
    | 'TARIFF_TIER_UNREACHABLE'
    | 'TARIFF_LIMITS_CONTRADICT'
    | 'TARIFF_VALIDITY_EMPTY'
    | 'TARIFF_ROUNDING_INVALID';
  readonly message: string;
};
