/** A connector's number as it can be kept; one that no charger can have is 0, which stands for the whole charger. */
export const storableConnector = (connectorId: number): number =>
  Number.isSafeInteger(connectorId) ? connectorId : 0;
