import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateTriggerMessageRequest } from '../../generated/v16/trigger-message-request.js';
import { validateTriggerMessageResponse } from '../../generated/v16/trigger-message-response.js';
import { optionalConnectorNumber } from './connector-number.ts';
import { exchange, type Inexpressible } from './exchange.ts';
import { statusOutcome } from './status-outcome.ts';

type Message = CommandOf<'trigger'>['message'];

const words = {
  boot: 'BootNotification',
  'diagnostics-status': 'DiagnosticsStatusNotification',
  'firmware-status': 'FirmwareStatusNotification',
  heartbeat: 'Heartbeat',
  'meter-values': 'MeterValues',
  status: 'StatusNotification',
} as const satisfies Partial<Record<Message, string>>;

const wordOf = (message: Message): (typeof words)[keyof typeof words] | Inexpressible =>
  message === 'log-status' || message === 'sign-certificate' || message === 'transaction'
    ? { inexpressible: `OCPP 1.6 cannot trigger ${message}.` }
    : words[message];

/** TriggerMessage of OCPP 1.6, sections 6.51 and 6.52. */
export const triggerMessage = exchange(
  'TriggerMessage',
  validateTriggerMessageRequest,
  validateTriggerMessageResponse,
  ({ message, connector }: CommandOf<'trigger'>) => {
    const connectorId = optionalConnectorNumber(connector);
    if (typeof connectorId === 'object') return connectorId;
    const requestedMessage = wordOf(message);
    if (typeof requestedMessage === 'object') return requestedMessage;
    return omitUndefined({ requestedMessage, connectorId });
  },
  (answer) => statusOutcome(answer),
);
