import type { Answers } from '../../core/ocpp/answer.ts';
import { type MessageContext, receivedAt } from './message-context.ts';

/** What a charger is told when it boots: who is connected at all has been accepted already. */
export const bootAnswer = (step: MessageContext): Answers['booted'] => ({
  status: 'Accepted',
  currentTime: receivedAt(step),
  intervalSeconds: step.settings.heartbeatSeconds,
});
