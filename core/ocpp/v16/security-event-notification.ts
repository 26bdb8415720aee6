import type { OcppEvent } from '../event.ts';
import type { SecurityEventNotificationRequest } from '../generated/v16/security-event-notification-request.js';
import { present } from '../present.ts';
import type { Forgiven } from './forgiven.ts';

/** Reads SecurityEventNotification.req of the security extension. */
export const toSecurityReported = (
  wire: Forgiven<SecurityEventNotificationRequest>,
  raw: string,
): OcppEvent =>
  present({
    kind: 'securityReported',
    type: wire.type,
    timestamp: wire.timestamp || undefined,
    details: wire.techInfo,
    raw,
  } as const);
