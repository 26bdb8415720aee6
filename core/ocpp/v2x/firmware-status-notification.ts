import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { FirmwareStatusNotificationRequest } from '../generated/v201/firmware-status-notification-request.js';
import type { Tolerated } from './tolerated.ts';

/** Reads FirmwareStatusNotificationRequest, and PublishFirmwareStatusNotificationRequest of a local controller (use cases L01, L03). */
export const toFirmwareReported = (
  wire: Tolerated<FirmwareStatusNotificationRequest>,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({
    kind: 'firmwareReported',
    status: wire.status,
    requestId: wire.requestId,
    raw,
  } as const),
];
