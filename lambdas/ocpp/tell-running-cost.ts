import type { Answers } from '../../core/ocpp/answer.ts';
import type { EventOf } from '../../core/ocpp/event.ts';
import { sessionOfTransaction } from '../../core/session/session-of-transaction.ts';
import { readRunningCost } from '../billing/read-running-cost.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { MessageContext } from './message-context.ts';
import { sessionOfPart } from './session/session-of-part.ts';

/**
 * The answer to a report of a session: what it cost so far, where its operator has chargers show it (OCPP 2.0.1 use case I02), otherwise
 * nothing, and then nothing is read.
 */
export async function tellRunningCost(
  step: MessageContext,
  { transactionId, timestamp }: EventOf<'sessionReported'>,
): Promise<Answers['sessionReported']> {
  const { database, charger } = step;
  if (charger.showsRunningCost === undefined) return {};
  const known = await readSession(
    database,
    sessionOfTransaction(charger.chargerKey, transactionId),
  );
  const { stored } = known === undefined ? {} : await sessionOfPart(step, known, timestamp);
  const running = await readRunningCost(database, stored?.session);
  return running === undefined ? {} : { running };
}
