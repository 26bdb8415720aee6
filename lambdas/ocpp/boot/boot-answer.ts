import type { Answers } from '../../../core/ocpp/answer.ts';
import { type MessageContext, receivedAt } from '../message-context.ts';

const words = { pending: 'Pending', rejected: 'Rejected' } as const;

/** The answer to a BootNotification. One that is not accepted boots again after the interval, or when it is asked to. */
export const bootAnswer = (step: MessageContext): Answers['booted'] => ({
  status: step.charger.approval === undefined ? 'Accepted' : words[step.charger.approval],
  currentTime: receivedAt(step),
  intervalSeconds: step.settings.heartbeatSeconds,
});
