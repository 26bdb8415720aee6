import type { Answers } from '../../core/ocpp/answer.ts';
import { receivedAt, type Step } from './step.ts';

/** What a charger is told when it boots: who is connected at all has been accepted already. */
export const bootAnswer = (step: Step): Answers['booted'] => ({
  status: 'Accepted',
  currentTime: receivedAt(step),
  intervalSeconds: step.settings.heartbeatSeconds,
});
