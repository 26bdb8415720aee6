import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { SecurityEventNotificationRequest } from '../generated/v201/security-event-notification-request.js';
import { timestampOf } from '../timestamp-of.ts';
import type { Tolerated } from './tolerated.ts';

/** Reads SecurityEventNotificationRequest (OCPP 2.0.1 use case A04). */
export const toSecurityReported = (
  wire: Tolerated<SecurityEventNotificationRequest>,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({
    kind: 'securityReported',
    type: wire.type,
    timestamp: timestampOf(wire.timestamp),
    details: wire.techInfo,
    raw,
  } as const),
];
