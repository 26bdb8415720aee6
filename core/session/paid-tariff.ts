import { type PriceList, pricedAs } from './price-list.ts';
import type { Session } from './session.ts';

/** The tariff that a session is paid by: that of its place, or what the driver's price list has instead; undefined where there is none. */
export const paidTariff = ({
  start,
  tariffId,
}: Pick<Session, 'start' | 'tariffId'>): string | undefined =>
  tariffId === undefined ? undefined : pricedAs(tariffId, start?.tariffIds);

/** The part of a price list that matters to a session which may be at one of several tariffs; undefined where nothing of it does. */
export function pricesFor(
  { tariffId, tariffs }: Pick<Session, 'tariffId' | 'tariffs'>,
  prices: PriceList | undefined,
): PriceList | undefined {
  if (prices === undefined) return undefined;
  const places = [
    tariffId,
    tariffs?.charger,
    ...(tariffs?.connectors ?? []).map((one) => one.tariffId),
  ];
  const ids = [...new Set(places.filter((id) => id !== undefined))];
  const entries = ids.flatMap((id) =>
    Object.hasOwn(prices, id) ? [[id, pricedAs(id, prices)]] : [],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
