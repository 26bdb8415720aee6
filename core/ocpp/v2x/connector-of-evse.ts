import { type ConnectorRef, wholeCharger } from '../../charger/connector-ref.ts';

/**
 * The connector of an EVSE of OCPP 2.x. An EVSE that is named without its connector counts as its first one: most have no other,
 * and one with several has to name it. EVSE 0 is the whole charger.
 */
export const connectorOfEvse = (evseId: number, connectorId?: number): ConnectorRef =>
  evseId === 0 ? wholeCharger : { evseId, connectorId: connectorId ?? 1 };
