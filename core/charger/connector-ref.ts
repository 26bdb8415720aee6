/**
 * A place where a vehicle is connected: a connector of an EVSE. Connectors count from 1 in each EVSE, so that the number of
 * a connector alone says nothing; 0 stands for the whole EVSE, and EVSE 0 for the whole charger.
 */
export type ConnectorRef = { readonly evseId: number; readonly connectorId: number };

/** The charger as a whole, or a connector that nobody named. */
export const wholeCharger: ConnectorRef = { evseId: 0, connectorId: 0 };

/** Says whether two connectors of one charger are the same. */
export const isSameConnector = (a: ConnectorRef, b: ConnectorRef): boolean =>
  a.evseId === b.evseId && a.connectorId === b.connectorId;
