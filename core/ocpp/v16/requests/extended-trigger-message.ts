import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateExtendedTriggerMessageRequest } from '../../generated/v16/extended-trigger-message-request.js';
import { validateExtendedTriggerMessageResponse } from '../../generated/v16/extended-trigger-message-response.js';
import { optionalConnectorNumber } from './connector-number.ts';
import { exchange, type Inexpressible } from './exchange.ts';
import { statusOutcome } from './status-outcome.ts';

type Message = CommandOf<'trigger'>['message'];

const words = {
  boot: 'BootNotification',
  'firmware-status': 'FirmwareStatusNotification',
  heartbeat: 'Heartbeat',
  'log-status': 'LogStatusNotification',
  'meter-values': 'MeterValues',
  'sign-certificate': 'SignChargePointCertificate',
  status: 'StatusNotification',
} as const satisfies Partial<Record<Message, string>>;

const wordOf = (message: Message): (typeof words)[keyof typeof words] | Inexpressible =>
  message === 'diagnostics-status' || message === 'transaction'
    ? { inexpressible: `OCPP 1.6 cannot trigger ${message} by its extended trigger.` }
    : words[message];

/** ExtendedTriggerMessage of the security extension, section 5.5. */
export const extendedTriggerMessage = exchange(
  'ExtendedTriggerMessage',
  validateExtendedTriggerMessageRequest,
  validateExtendedTriggerMessageResponse,
  ({ message, connector }: CommandOf<'trigger'>) => {
    const connectorId = optionalConnectorNumber(connector);
    if (typeof connectorId === 'object') return connectorId;
    const requestedMessage = wordOf(message);
    if (typeof requestedMessage === 'object') return requestedMessage;
    return omitUndefined({ requestedMessage, connectorId });
  },
  (answer) => statusOutcome(answer),
);
