import type { ConnectorRef } from '../../charger/connector-ref.ts';

/** A connector of OCPP 1.6, which knows no EVSEs: each connector counts as an EVSE of the same number. */
export const connectorNumbered = (connectorId: number): ConnectorRef => ({
  evseId: connectorId,
  connectorId,
});
