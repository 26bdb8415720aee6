import {
  type ConnectorRef,
  firstConnectorOf,
  isWholeEvse,
} from '../../../core/charger/connector-ref.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { storableConnector } from './storable-connector.ts';

type Start = EventOf<'sessionStarted'>;

/** True if a start says where it is. From OCPP 2.x on, where the charger names its transactions, one may begin before it is known on which EVSE. */
export const isPlaced = ({ transactionId, evseId }: Start): boolean =>
  transactionId === undefined || evseId !== 0;

/** True if a start names the connector that it is on. */
export const namesConnector = (event: Start): boolean => isPlaced(event) && !isWholeEvse(event);

/** The connector that a start is on; of an EVSE that names none its first, until another message names one. */
export const connectorOfStart = (event: Start): ConnectorRef =>
  firstConnectorOf(storableConnector(event));
