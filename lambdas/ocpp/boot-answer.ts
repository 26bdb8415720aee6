import type { Answers } from '../../core/ocpp/answer.ts';
import { type MessageContext, receivedAt } from './message-context.ts';

/** The answer to a BootNotification: a charger that is connected has already been accepted. */
export const bootAnswer = (step: MessageContext): Answers['booted'] => ({
  status: 'Accepted',
  currentTime: receivedAt(step),
  intervalSeconds: step.settings.heartbeatSeconds,
});
