import type { ConnectorStatus } from '../../charger/connector-status.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { EventOf } from '../event.ts';
import type { StatusNotificationRequest } from '../generated/v201/status-notification-request.js';
import { timestampOf } from '../timestamp-of.ts';
import { placeOfEvse } from './place-of-evse.ts';
import type { Tolerated } from './tolerated.ts';

const statuses = {
  Available: 'available',
  Occupied: 'occupied',
  Reserved: 'reserved',
  Unavailable: 'unavailable',
  Faulted: 'faulted',
} as const satisfies Record<StatusNotificationRequest['connectorStatus'], ConnectorStatus>;

const statusOf = (word: string): ConnectorStatus => {
  if (!Object.hasOwn(statuses, word)) throw new Error('A status that OCPP 2.x does not have');
  return statuses[word as keyof typeof statuses];
};

/** Reads StatusNotificationRequest (OCPP 2.0.1 use case G01); the kind of a fault comes with NotifyEvent. */
export const toStatusReported = (
  wire: Tolerated<StatusNotificationRequest>,
  raw: string,
): EventOf<'statusReported'> =>
  omitUndefined({
    kind: 'statusReported',
    ...placeOfEvse(wire.evseId, wire.connectorId),
    status: statusOf(wire.connectorStatus),
    errorCode: wire.connectorStatus === 'Faulted' ? 'OtherError' : 'NoError',
    timestamp: timestampOf(wire.timestamp),
    raw,
  } as const);
