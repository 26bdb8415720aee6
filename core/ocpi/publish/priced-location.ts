import { type PriceList, pricedAs } from '../../session/price-list.ts';
import type { PartnerConnector } from '../model/connector.ts';
import type { PartnerLocation } from '../model/location.ts';

/** A connector with the tariffs of a partner's price list. */
export const pricedConnector = (
  connector: PartnerConnector,
  prices: PriceList | undefined,
): PartnerConnector =>
  prices === undefined
    ? connector
    : { ...connector, tariffIds: connector.tariffIds.map((id) => pricedAs(id, prices)) };

/** A location as a partner sees it, whose drivers pay by a price list of their own. */
export const pricedLocation = (
  location: PartnerLocation,
  prices: PriceList | undefined,
): PartnerLocation =>
  prices === undefined
    ? location
    : {
        ...location,
        evses: location.evses.map((evse) => ({
          ...evse,
          connectors: evse.connectors.map((connector) => pricedConnector(connector, prices)),
        })),
      };

/**
 * A location of which connectors with these tariffs changed now, with their EVSEs and itself: the price list of a partner has other
 * tariffs instead. `now` is ISO 8601 in UTC.
 */
export function touchTariffs(
  location: PartnerLocation,
  tariffIds: readonly string[],
  now: string,
): PartnerLocation {
  const isTouched = (connector: PartnerConnector): boolean =>
    connector.tariffIds.some((id) => tariffIds.includes(id));
  const evses = location.evses.map((evse) =>
    evse.connectors.some(isTouched)
      ? {
          ...evse,
          connectors: evse.connectors.map((one) =>
            isTouched(one) ? { ...one, lastUpdated: now } : one,
          ),
          lastUpdated: now,
        }
      : evse,
  );
  const isSame = evses.every((evse, at) => evse === location.evses[at]);
  return isSame ? location : { ...location, evses, lastUpdated: now };
}
