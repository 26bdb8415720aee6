import type { OcppEvent } from '../event.ts';
import type { StatusNotificationRequest } from '../generated/v16/status-notification-request.js';
import { present } from '../present.ts';
import type { Forgiven } from './forgiven.ts';

/** Reads StatusNotification.req (OCPP 1.6 section 6.47). */
export const toStatusReported = (
  wire: Forgiven<StatusNotificationRequest>,
  raw: string,
): OcppEvent =>
  present({
    kind: 'statusReported',
    evseId: wire.connectorId,
    connectorId: wire.connectorId,
    status: wire.status,
    errorCode: wire.errorCode,
    timestamp: wire.timestamp || undefined,
    info: wire.info,
    vendorId: wire.vendorId,
    vendorErrorCode: wire.vendorErrorCode,
    raw,
  } as const);
