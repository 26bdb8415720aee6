import type { ConnectorRef } from '../../../charger/connector-ref.ts';
import type { EVSEType } from '../../generated/v201/change-availability-request.js';

/** Writes EVSEType (OCPP 2.0.1 part 2 section 2.21); undefined for the whole charger. */
export const evse = (connector: ConnectorRef | undefined): EVSEType | undefined => {
  if (connector === undefined || connector.evseId === 0) return undefined;
  const { evseId: id, connectorId } = connector;
  return connectorId === 0 ? { id } : { id, connectorId };
};

/** The number of an EVSE, for messages that do not know connectors; undefined for the whole charger. */
export const optionalEvseId = (connector: ConnectorRef | undefined): number | undefined =>
  connector === undefined || connector.evseId === 0 ? undefined : connector.evseId;
