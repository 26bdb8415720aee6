import {
  type ConnectorRef,
  impossibleConnectors,
  isPossibleConnector,
} from '../../../core/charger/connector-ref.ts';

/**
 * A connector as it is kept. All that no charger can have are one, so that what a charger makes up creates nothing more and
 * is taken neither for a connector nor for the whole charger.
 */
export const storableConnector = ({ evseId, connectorId }: ConnectorRef): ConnectorRef =>
  isPossibleConnector({ evseId, connectorId }) ? { evseId, connectorId } : impossibleConnectors;
