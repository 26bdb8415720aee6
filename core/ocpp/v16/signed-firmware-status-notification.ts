import type { OcppEvent } from '../event.ts';
import type { SignedFirmwareStatusNotificationRequest } from '../generated/v16/signed-firmware-status-notification-request.js';
import { present } from '../present.ts';
import type { Forgiven } from './forgiven.ts';

/** Reads SignedFirmwareStatusNotification.req of the security extension: how a signed update goes. */
export const toSignedFirmwareReported = (
  wire: Forgiven<SignedFirmwareStatusNotificationRequest>,
  raw: string,
): OcppEvent =>
  present({
    kind: 'firmwareReported',
    status: wire.status,
    requestId: wire.requestId,
    raw,
  } as const);
