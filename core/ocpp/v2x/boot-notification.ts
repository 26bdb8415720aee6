import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { BootNotificationRequest } from '../generated/v201/boot-notification-request.js';
import type { BootNotificationResponse } from '../generated/v201/boot-notification-response.js';
import type { Tolerated } from './tolerated.ts';

const said = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/** Reads BootNotificationRequest (OCPP 2.0.1 use case B01). */
export const toBooted = (
  { chargingStation }: Tolerated<BootNotificationRequest>,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({
    kind: 'booted',
    vendor: said(chargingStation.vendorName),
    model: said(chargingStation.model),
    serialNumber: said(chargingStation.serialNumber),
    firmwareVersion: said(chargingStation.firmwareVersion),
    iccid: said(chargingStation.modem?.iccid),
    imsi: said(chargingStation.modem?.imsi),
    raw,
  } as const),
];

/** Writes BootNotificationResponse (OCPP 2.0.1 use case B01). */
export const bootNotificationResponse = (answer: Answers['booted']): BootNotificationResponse => ({
  status: answer.status,
  currentTime: answer.currentTime,
  interval: answer.intervalSeconds,
});
