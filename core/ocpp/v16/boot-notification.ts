import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { BootNotificationRequest } from '../generated/v16/boot-notification-request.js';
import type { BootNotificationResponse } from '../generated/v16/boot-notification-response.js';
import type { Tolerated } from './tolerated.ts';

const said = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/**
 * Reads BootNotification.req (OCPP 1.6 section 6.5). The charge point's serial number counts before the box's,
 * which the standard has given up.
 */
export const toBooted = (wire: Tolerated<BootNotificationRequest>, raw: string): OcppEvent =>
  omitUndefined({
    kind: 'booted',
    vendor: said(wire.chargePointVendor),
    model: said(wire.chargePointModel),
    serialNumber: said(wire.chargePointSerialNumber) ?? said(wire.chargeBoxSerialNumber),
    firmwareVersion: said(wire.firmwareVersion),
    iccid: said(wire.iccid),
    imsi: said(wire.imsi),
    meterType: said(wire.meterType),
    meterSerialNumber: said(wire.meterSerialNumber),
    raw,
  } as const);

/** Writes BootNotification.conf (OCPP 1.6 section 6.6). */
export const bootNotificationResponse = (answer: Answers['booted']): BootNotificationResponse => ({
  status: answer.status,
  currentTime: answer.currentTime,
  interval: answer.intervalSeconds,
});
