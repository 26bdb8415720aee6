import type { TransactionEventRequest } from '../generated/v201/transaction-event-request.js';
import type { Tolerated } from './tolerated.ts';

/** TransactionEventRequest of any version of OCPP 2.x, as far as they have it in common. */
export type TransactionMessage = Tolerated<TransactionEventRequest>;

/** Which event of its transaction a message is. */
export type TransactionStage = 'started' | 'updated' | 'ended';

/** The stage that a word of eventType names, in any case; a word that OCPP does not have is one in between. */
export const stageOf = (word: string): TransactionStage => {
  const name = word.toLowerCase();
  return name === 'started' || name === 'ended' ? name : 'updated';
};

const meteringTriggers: ReadonlySet<string> = new Set([
  'MeterValuePeriodic',
  'MeterValueClock',
  'SignedDataReceived',
]);

/** True if a message may say that the state of charging has changed; most only bring what was measured. */
export const mayChangeState = ({ triggerReason = '' }: TransactionMessage): boolean =>
  !meteringTriggers.has(triggerReason);
