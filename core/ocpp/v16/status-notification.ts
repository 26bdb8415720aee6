import { omitUndefined } from '../../units/omit-undefined.ts';
import type { EventOf } from '../event.ts';
import type { StatusNotificationRequest } from '../generated/v16/status-notification-request.js';
import { timestampOf } from '../timestamp-of.ts';
import { connectorNumbered } from './connector-numbered.ts';
import { connectorStatusOf } from './connector-status-of.ts';
import type { Tolerated } from './tolerated.ts';

/** Reads StatusNotification.req (OCPP 1.6 section 6.47). */
export const toStatusReported = (
  wire: Tolerated<StatusNotificationRequest>,
  raw: string,
): EventOf<'statusReported'> =>
  omitUndefined({
    kind: 'statusReported',
    ...connectorNumbered(wire.connectorId),
    status: connectorStatusOf(wire.status),
    errorCode: wire.errorCode,
    timestamp: timestampOf(wire.timestamp),
    info: wire.info,
    vendorId: wire.vendorId,
    vendorErrorCode: wire.vendorErrorCode,
    raw,
  } as const);
