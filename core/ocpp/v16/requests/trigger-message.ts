import { validateTriggerMessageRequest } from '../../generated/v16/trigger-message-request.js';
import { validateTriggerMessageResponse } from '../../generated/v16/trigger-message-response.js';
import { exchange, type Inexpressible } from './exchange.ts';
import { statusOutcome } from './status-outcome.ts';
import { type TriggeredMessage, writeTrigger } from './write-trigger.ts';

const words = {
  boot: 'BootNotification',
  'diagnostics-status': 'DiagnosticsStatusNotification',
  'firmware-status': 'FirmwareStatusNotification',
  heartbeat: 'Heartbeat',
  'meter-values': 'MeterValues',
  status: 'StatusNotification',
} as const satisfies Partial<Record<TriggeredMessage, string>>;

const wordOf = (message: TriggeredMessage): (typeof words)[keyof typeof words] | Inexpressible =>
  message === 'log-status' || message === 'sign-certificate' || message === 'transaction'
    ? { inexpressible: `OCPP 1.6 cannot trigger ${message}.` }
    : words[message];

/** TriggerMessage of OCPP 1.6, sections 6.51 and 6.52. */
export const triggerMessage = exchange(
  'TriggerMessage',
  validateTriggerMessageRequest,
  validateTriggerMessageResponse,
  writeTrigger(wordOf),
  (answer) => statusOutcome(answer),
);
