import { validateExtendedTriggerMessageRequest } from '../../generated/v16/extended-trigger-message-request.js';
import { validateExtendedTriggerMessageResponse } from '../../generated/v16/extended-trigger-message-response.js';
import { exchange, type Inexpressible } from './exchange.ts';
import { statusOutcome } from './status-outcome.ts';
import { type TriggeredMessage, writeTrigger } from './write-trigger.ts';

const words = {
  boot: 'BootNotification',
  'firmware-status': 'FirmwareStatusNotification',
  heartbeat: 'Heartbeat',
  'log-status': 'LogStatusNotification',
  'meter-values': 'MeterValues',
  'sign-certificate': 'SignChargePointCertificate',
  status: 'StatusNotification',
} as const satisfies Partial<Record<TriggeredMessage, string>>;

const wordOf = (message: TriggeredMessage): (typeof words)[keyof typeof words] | Inexpressible =>
  message === 'diagnostics-status' || message === 'transaction'
    ? { inexpressible: `OCPP 1.6 cannot trigger ${message} by its extended trigger.` }
    : words[message];

/** ExtendedTriggerMessage of the security extension, section 5.5. */
export const extendedTriggerMessage = exchange(
  'ExtendedTriggerMessage',
  validateExtendedTriggerMessageRequest,
  validateExtendedTriggerMessageResponse,
  writeTrigger(wordOf),
  (answer) => statusOutcome(answer),
);
