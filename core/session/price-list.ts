/** The tariffs that somebody pays instead of those of the places, by the ids of these. */
export type PriceList = { readonly [tariffId: string]: string };

/** The tariff that is paid where a place has one: another one if the price list names it. */
export const pricedAs = (tariffId: string, prices: PriceList | undefined): string =>
  prices !== undefined && Object.hasOwn(prices, tariffId)
    ? (prices[tariffId] ?? tariffId)
    : tariffId;
