/**
 * A place where a vehicle is connected: a connector of an EVSE. Connectors count from 1 in each EVSE, so that the number of
 * a connector alone says nothing; 0 means the whole EVSE, and EVSE 0 for the whole charger.
 */
export type ConnectorRef = { readonly evseId: number; readonly connectorId: number };

/** The charger as a whole, or a connector that nobody named. */
export const wholeCharger: ConnectorRef = { evseId: 0, connectorId: 0 };

/** Where everything is kept that a charger says of connectors which no charger can have: one place for all of them. */
export const impossibleConnectors: ConnectorRef = { evseId: -1, connectorId: -1 };

/** Says whether two connectors of one charger are the same. */
export const isSameConnector = (a: ConnectorRef, b: ConnectorRef): boolean =>
  a.evseId === b.evseId && a.connectorId === b.connectorId;

/** Says whether what was said of a place of an EVSE is about one of its connectors: said of that one, or of the whole EVSE. */
export const isAbout = (place: ConnectorRef, connector: ConnectorRef): boolean =>
  place.evseId === connector.evseId &&
  (place.connectorId === connector.connectorId || place.connectorId === 0);

/** Says whether a place is a whole EVSE, of whose connectors none is named. */
export const isWholeEvse = ({ evseId, connectorId }: ConnectorRef): boolean =>
  evseId > 0 && connectorId === 0;

/** The connector where a place names one, and of a whole EVSE its first: most have no other. */
export const firstConnectorOf = (place: ConnectorRef): ConnectorRef =>
  isWholeEvse(place) ? { evseId: place.evseId, connectorId: 1 } : place;

/** No charger has more EVSEs. */
const highestEvse = 255;

/** No EVSE has more connectors. */
const highestConnector = 8;

const isPossibleNumber = (number: number, highest: number): boolean =>
  Number.isInteger(number) && number >= 0 && number <= highest;

/**
 * Says whether a charger can have such a connector at all, whatever was registered: EVSE 0 to 255 and connector 0 to 8, 0 for the
 * whole; or both the same number, as in OCPP 1.6. Otherwise a charger could make up 65,025 of them.
 */
export const isPossibleConnector = ({ evseId, connectorId }: ConnectorRef): boolean =>
  isPossibleNumber(evseId, highestEvse) &&
  (connectorId === evseId || isPossibleNumber(connectorId, highestConnector));
