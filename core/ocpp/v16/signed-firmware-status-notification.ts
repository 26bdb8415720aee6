import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { SignedFirmwareStatusNotificationRequest } from '../generated/v16/signed-firmware-status-notification-request.js';
import type { Tolerated } from './tolerated.ts';

/** Reads SignedFirmwareStatusNotification.req of the security extension: how a signed update goes. */
export const toSignedFirmwareReported = (
  wire: Tolerated<SignedFirmwareStatusNotificationRequest>,
  raw: string,
): OcppEvent =>
  omitUndefined({
    kind: 'firmwareReported',
    status: wire.status,
    requestId: wire.requestId,
    raw,
  } as const);
