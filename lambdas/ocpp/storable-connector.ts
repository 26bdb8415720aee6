import { type ConnectorRef, wholeCharger } from '../../core/charger/connector-ref.ts';

/** A connector as it can be kept; one whose number no charger can have counts as the whole charger. */
export const storableConnector = ({ evseId, connectorId }: ConnectorRef): ConnectorRef =>
  Number.isSafeInteger(evseId) && Number.isSafeInteger(connectorId)
    ? { evseId, connectorId }
    : wholeCharger;
