import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { SecurityEventNotificationRequest } from '../generated/v16/security-event-notification-request.js';
import { timestampOf } from '../timestamp-of.ts';
import type { Tolerated } from './tolerated.ts';

/** Reads SecurityEventNotification.req of the security extension. */
export const toSecurityReported = (
  wire: Tolerated<SecurityEventNotificationRequest>,
  raw: string,
): OcppEvent =>
  omitUndefined({
    kind: 'securityReported',
    type: wire.type,
    timestamp: timestampOf(wire.timestamp),
    details: wire.techInfo,
    raw,
  } as const);
