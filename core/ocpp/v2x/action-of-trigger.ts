import type { TriggeredMessage } from '../../command/command-request.ts';

const actions = {
  boot: 'BootNotification',
  'diagnostics-status': 'LogStatusNotification',
  'firmware-status': 'FirmwareStatusNotification',
  heartbeat: 'Heartbeat',
  'log-status': 'LogStatusNotification',
  'meter-values': 'MeterValues',
  'publish-firmware-status': 'PublishFirmwareStatusNotification',
  'sign-certificate': 'SignCertificate',
  'sign-combined-certificate': 'SignCertificate',
  'sign-v2g-certificate': 'SignCertificate',
  status: 'StatusNotification',
  transaction: 'TransactionEvent',
} as const satisfies Record<TriggeredMessage, string>;

/** The message by which a charger of OCPP 2.x does what a trigger asks for (OCPP 2.0.1 part 2 section 3.55). */
export const actionOfTrigger = (message: TriggeredMessage): string => actions[message];
