import type { ConnectorRef } from '../../../charger/connector-ref.ts';
import type { Inexpressible } from '../../exchange.ts';

/** The number of a connector in OCPP 1.6, which knows no EVSEs: each of its connectors counts as an EVSE of the same number. */
export const connectorNumber = ({ evseId, connectorId }: ConnectorRef): number | Inexpressible =>
  evseId === connectorId
    ? connectorId
    : { inexpressible: `OCPP 1.6 has no connector ${connectorId} of EVSE ${evseId}.` };

/** The number of a connector that need not be given. */
export const optionalConnectorNumber = (
  connector: ConnectorRef | undefined,
): number | undefined | Inexpressible =>
  connector === undefined ? undefined : connectorNumber(connector);
