import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { LogStatusNotificationRequest } from '../generated/v16/log-status-notification-request.js';
import type { Tolerated } from './tolerated.ts';

/** Reads LogStatusNotification.req of the security extension: how the upload of a log goes. */
export const toLogReported = (
  wire: Tolerated<LogStatusNotificationRequest>,
  raw: string,
): OcppEvent =>
  omitUndefined({
    kind: 'diagnosticsReported',
    status: wire.status,
    requestId: wire.requestId,
    raw,
  } as const);
