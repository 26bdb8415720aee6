import type { Action as Action16 } from '../../core/ocpp/v16/action.ts';
import type { Action as Action21 } from '../../core/ocpp/v21/action.ts';

const kept = 'kept as it came, for `GET /chargers/{chargerId}/messages`';
const reported = `a part of a report, ${kept}, and put together by \`/reports\``;
const uploaded = `${kept}; the state of the upload is in \`/logs\``;
const updated = `${kept}; how far an update is, also for firmware campaigns`;

/** The use of each message of a charger, in every version that has it. */
export const incomingTexts = {
  Authorize: 'answered by the token: accepted, blocked, expired or unknown, with its group',
  BatterySwap: kept,
  BootNotification:
    'accepted, with the interval of heartbeats; vendor, model and firmware are shown with the charger',
  ClearedChargingLimit: kept,
  ClosePeriodicEventStream: kept,
  DataTransfer: `${kept}; answered \`UnknownVendorId\``,
  DiagnosticsStatusNotification: uploaded,
  FirmwareStatusNotification: updated,
  Get15118EVCertificate: `${kept}; answered \`Failed\`: no authority for contracts is connected`,
  GetCertificateChainStatus: `${kept}; each certificate is answered \`Failed\`: no authority is asked`,
  GetCertificateStatus: `${kept}; answered \`Failed\`: no authority is asked`,
  Heartbeat: 'answered with the time; moves `lastSeenAt` at most every 15 minutes',
  LogStatusNotification: uploaded,
  MeterValues: 'readings of the session, or of the connector where no session is named',
  NotifyChargingLimit: kept,
  NotifyCustomerInformation: reported,
  NotifyDERAlarm: kept,
  NotifyDERStartStop: kept,
  NotifyDisplayMessages: reported,
  NotifyEVChargingNeeds: `${kept}; answered \`Rejected\`: nobody plans what a vehicle draws`,
  NotifyEVChargingSchedule: `${kept}; answered \`Accepted\``,
  NotifyEvent: `${kept}; its values are in \`/device-model\``,
  NotifyMonitoringReport: reported,
  NotifyPeriodicEventStream: `never answered, as every SEND; ${kept}; its values are in \`/device-model\` where the report of their monitor is known`,
  NotifyPriorityCharging: kept,
  NotifyReport: `${reported}; its variables are in \`/device-model\``,
  NotifySettlement: `${kept}; a settled payment of a session is answered with the id of its CDR as receipt, and is held against that`,
  OpenPeriodicEventStream: `${kept}; answered \`Accepted\``,
  PublishFirmwareStatusNotification: kept,
  PullDynamicScheduleUpdate: `${kept}; answered with the limits of the latest \`update-dynamic-schedule\` that the charger accepted, or \`Rejected\``,
  ReportChargingProfiles: reported,
  ReportDERControl: reported,
  ReservationStatusUpdate: `${kept}; a reservation that is over or removed leaves \`/reservations\``,
  SecurityEventNotification: kept,
  SignCertificate: `${kept}; answered \`Accepted\`, and the certificate follows by \`CertificateSigned\`, where the deployment has an authority and the request is fit, else \`Rejected\` with the reason`,
  SignedFirmwareStatusNotification: updated,
  StartTransaction: 'begins a session, with the transaction id that derives from its content',
  StatusNotification: "the connector's status",
  StopTransaction: 'ends the session; its readings count for the CDR',
  TransactionEvent:
    'begins, updates or ends the session of the charger’s own transaction id; its token, place, state and readings; answered with the cost so far or the final one, and in OCPP 2.1 with the limit of the transaction, whose final cost (`costDetails`) is held against the CDR',
  VatNumberValidation: `${kept}; answered by the form of the number: no register of VAT numbers is asked`,
} as const satisfies Readonly<Record<Action16 | Action21 | 'NotifyPeriodicEventStream', string>>;
