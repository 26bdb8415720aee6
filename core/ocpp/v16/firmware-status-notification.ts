import type { OcppEvent } from '../event.ts';
import type { FirmwareStatusNotificationRequest } from '../generated/v16/firmware-status-notification-request.js';
import type { Tolerated } from './tolerated.ts';

/** Reads FirmwareStatusNotification.req (OCPP 1.6 section 6.25). */
export const toFirmwareReported = (
  wire: Tolerated<FirmwareStatusNotificationRequest>,
  raw: string,
): OcppEvent => ({ kind: 'firmwareReported', status: wire.status, raw });
