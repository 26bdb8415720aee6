import type { Inexpressible } from '../../exchange.ts';
import { validateExtendedTriggerMessageRequest } from '../../generated/v16/extended-trigger-message-request.js';
import { validateExtendedTriggerMessageResponse } from '../../generated/v16/extended-trigger-message-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';
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
  Object.hasOwn(words, message)
    ? words[message as keyof typeof words]
    : { inexpressible: `OCPP 1.6 cannot trigger ${message} by its extended trigger.` };

/** ExtendedTriggerMessage of the security extension, section 5.5. */
export const extendedTriggerMessage = exchange(
  'ExtendedTriggerMessage',
  validateExtendedTriggerMessageRequest,
  validateExtendedTriggerMessageResponse,
  writeTrigger(wordOf),
  (answer) => statusOutcome(answer),
);
