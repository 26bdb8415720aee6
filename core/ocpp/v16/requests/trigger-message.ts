import type { Inexpressible } from '../../exchange.ts';
import { validateTriggerMessageRequest } from '../../generated/v16/trigger-message-request.js';
import { validateTriggerMessageResponse } from '../../generated/v16/trigger-message-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';
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
  Object.hasOwn(words, message)
    ? words[message as keyof typeof words]
    : { inexpressible: `OCPP 1.6 cannot trigger ${message}.` };

/** TriggerMessage of OCPP 1.6, sections 6.51 and 6.52. */
export const triggerMessage = exchange(
  'TriggerMessage',
  validateTriggerMessageRequest,
  validateTriggerMessageResponse,
  writeTrigger(wordOf),
  (answer) => statusOutcome(answer),
);
