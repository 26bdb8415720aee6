import { type ConnectorRef, wholeCharger } from '../../charger/connector-ref.ts';

/** The place that a message of OCPP 2.x names: a connector of an EVSE, the whole EVSE where it names none; EVSE 0 is the whole charger. */
export const placeOfEvse = (evseId: number, connectorId = 0): ConnectorRef =>
  evseId === 0 ? wholeCharger : { evseId, connectorId };
