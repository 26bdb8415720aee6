import type { ConnectorRef } from '../charger/connector-ref.ts';
import type { Protocol } from './protocol.ts';
import { connectorOfEvse } from './v2x/connector-of-evse.ts';
import { connectorNumbered } from './v16/connector-numbered.ts';

/**
 * The connector that one number of a charger means: OCPP 1.6 numbers all connectors of a charger, OCPP 2 its EVSEs, whose
 * first connector it then is. 0 is the whole charger.
 */
export const connectorOfNumber = (protocol: Protocol, number: number): ConnectorRef =>
  protocol === 'ocpp1.6' ? connectorNumbered(number) : connectorOfEvse(number);

/** All of an EVSE. In OCPP 1.6, which knows none, it is the connector of that number. */
export const evseOfNumber = (protocol: Protocol, number: number): ConnectorRef =>
  protocol === 'ocpp1.6' ? connectorNumbered(number) : { evseId: number, connectorId: 0 };
