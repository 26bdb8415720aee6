import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { Inexpressible } from '../../exchange.ts';
import { optionalConnectorNumber } from './connector-number.ts';

/** The messages that a charger can be asked to send. */
export type TriggeredMessage = CommandOf<'trigger'>['message'];

/** Writes the payload of either trigger of OCPP 1.6, which differ only in the messages that they have a word for. */
export const writeTrigger =
  <Word extends string>(wordOf: (message: TriggeredMessage) => Word | Inexpressible) =>
  ({ message, connector }: CommandOf<'trigger'>) => {
    const connectorId = optionalConnectorNumber(connector);
    if (typeof connectorId === 'object') return connectorId;
    const requestedMessage = wordOf(message);
    if (typeof requestedMessage === 'object') return requestedMessage;
    return omitUndefined({ requestedMessage, connectorId });
  };
