import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import type { Answers } from '../../../core/ocpp/answer.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import { noteAnomaly, readSession } from '../../store/sessions/sessions.ts';
import { type MessageContext, receivedAt } from '../message-context.ts';
import { isStartOf } from '../session/is-start-of.ts';
import { proposedIds } from '../session/proposed-ids.ts';
import { sessionOfPart } from '../session/session-of-part.ts';
import { keepInformational } from './keep-informational.ts';
import { countExcessSession } from './session-room.ts';

type Start = EventOf<'sessionStarted'>;

/** Whether the session of a start is there. A session whose transaction's id the start gives again is billed by nothing that comes now. */
async function isThere(step: MessageContext, event: Start, transactionId: string) {
  const id = sessionOfTransaction(step.charger.chargerKey, transactionId);
  const known = await readSession(step.database, id, true);
  const { stored } = known === undefined ? {} : await sessionOfPart(step, known, event.timestamp);
  if (stored === undefined) return false;
  if (isStartOf(step, event, stored.session)) return true;
  if (event.transactionId !== undefined) {
    const mixed = anomalyOf('TRANSACTIONS_MIXED', receivedAt(step));
    await noteAnomaly(step.database, stored.session.sessionId, mixed, true);
  }
  return false;
}

/**
 * The answer to a start of which no session is made, because its charger has made too many today: the id of its content, and a token that is
 * not accepted. The start is kept among what the charger said, where no report of its session keeps it (OCPP 1.6). Undefined for one
 * whose session is there, as when it is said again: it makes none.
 */
export async function refuseSession(
  step: MessageContext,
  event: Start,
): Promise<Answers['sessionStarted'] | undefined> {
  const [transactionId = ''] = await proposedIds(step, event);
  if (await isThere(step, event, transactionId)) return undefined;
  countExcessSession(step, 'start');
  if (event.transactionId === undefined) {
    await keepInformational(step, 'StartTransaction', JSON.stringify(event));
  }
  return event.tokenId === undefined
    ? { transactionId }
    : { transactionId, authorization: { status: 'Invalid' } };
}
