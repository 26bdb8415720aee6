import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { LogStatusNotificationRequest } from '../generated/v201/log-status-notification-request.js';
import type { Tolerated } from './tolerated.ts';

/** Reads LogStatusNotificationRequest: how the upload of a log goes (OCPP 2.0.1 use case N01). */
export const toLogReported = (
  wire: Tolerated<LogStatusNotificationRequest>,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({
    kind: 'diagnosticsReported',
    status: wire.status,
    requestId: wire.requestId,
    raw,
  } as const),
];
