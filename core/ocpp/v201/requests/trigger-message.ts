import type { CommandOf, TriggeredMessage } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { TriggerMessageRequest } from '../../generated/v201/trigger-message-request.js';
import type { TriggerMessageResponse } from '../../generated/v201/trigger-message-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { evse } from './evse.ts';
import { message } from './message.ts';

const words = {
  boot: 'BootNotification',
  'diagnostics-status': 'LogStatusNotification',
  'firmware-status': 'FirmwareStatusNotification',
  heartbeat: 'Heartbeat',
  'log-status': 'LogStatusNotification',
  'meter-values': 'MeterValues',
  'publish-firmware-status': 'PublishFirmwareStatusNotification',
  'sign-certificate': 'SignChargingStationCertificate',
  'sign-combined-certificate': 'SignCombinedCertificate',
  'sign-v2g-certificate': 'SignV2GCertificate',
  status: 'StatusNotification',
  transaction: 'TransactionEvent',
} as const satisfies Record<TriggeredMessage, TriggerMessageRequest['requestedMessage']>;

/** TriggerMessage (OCPP 2.0.1 part 2 section 1.62), where diagnostics are a log. */
export const triggerMessage = message<
  CommandOf<'trigger'>,
  TriggerMessageRequest,
  TriggerMessageResponse
>(
  ({ message: wanted, connector }) =>
    omitUndefined({ requestedMessage: words[wanted], evse: evse(connector) }),
  (answer) => statusOutcome(answer),
);
