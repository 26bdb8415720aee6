import type { OcppEvent } from '../event.ts';
import type { LogStatusNotificationRequest } from '../generated/v16/log-status-notification-request.js';
import { present } from '../present.ts';
import type { Forgiven } from './forgiven.ts';

/** Reads LogStatusNotification.req of the security extension: how the upload of a log goes. */
export const toLogReported = (
  wire: Forgiven<LogStatusNotificationRequest>,
  raw: string,
): OcppEvent =>
  present({
    kind: 'diagnosticsReported',
    status: wire.status,
    requestId: wire.requestId,
    raw,
  } as const);
