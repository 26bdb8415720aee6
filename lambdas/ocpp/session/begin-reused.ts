import { ownTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { presentedIn } from '../../../core/session/present-token.ts';
import type { Session } from '../../../core/session/session.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import {
  isInPart,
  type PartOfStart,
  partsAround,
  type TransactionStart,
} from '../../../core/session/transaction-part.ts';
import { applyToSession } from '../../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import { keepTransactionStart, readStartsAround } from '../../store/sessions/transaction-starts.ts';
import { giveRoomAgain } from '../evidence/refuse-excess.ts';
import { type MessageContext, sessionPlaceOf } from '../message-context.ts';
import { type Begun, beginSession, type StartFacts } from './begin-session.ts';

type Start = EventOf<'sessionStarted'>;

/** The session that has the id of a transaction alone, and the one that was on the connector before its start. */
type Taken = { readonly other: StoredSession; readonly previous: string | undefined };

/**
 * Begins a session whose charger gave its transaction an id that it gave before, or finds the one that this very start began. Messages
 * are stored by the id of their transaction, without a look at what else has that id; each session counts those from its start to the
 * next one's. A token that was presented before this start and is of its session goes over to it, and its stop once its parts are known
 * (see closeDivided). The same however often and in whatever order the
 * starts come, also where this is done again after it broke off.
 */
export async function beginReused(
  step: MessageContext,
  event: Start,
  facts: StartFacts,
  { other, previous }: Taken,
): Promise<Extract<Begun, { readonly kind: 'begun' }>> {
  const { chargerKey, timeZone } = step.charger;
  const { transactionId = '', timestamp } = event;
  const of = other.session.sessionId;
  const at = ownTimeOf(timestamp, step.now, timeZone);
  const own = sessionOfTransaction(chargerKey, `${transactionId}\n${at}`);
  const parts = await divide(step, of, [
    startOf(other.session),
    { at, sessionId: own, evseId: event.evseId },
  ]);
  const part = parts.find(({ start }) => start.sessionId === own)?.part;
  if (part === undefined) throw new Error('A start that was kept is not found');
  const { presented: _ofAll, ...known } = facts;
  const presented = [facts.presented, presentedIn(other.session.start)].find(
    (one) => one !== undefined && isInPart(part, one.at),
  );
  const transaction = { transactionId, sessionId: own, part };
  const begun = await beginSession(
    step,
    event,
    presented === undefined ? known : { ...known, presented },
    transaction,
    previous,
  );
  if (begun.kind === 'taken') throw new Error('A start of another time has the same id');
  if (begun.isNew) giveRoomAgain(of);
  else await applyPart(step, { start: { at, sessionId: own, evseId: 0 }, part });
  return begun;
}

/** The start of a session that has the id of its transaction alone. */
function startOf({ sessionId: id, evseId, start, timeZone }: Session): TransactionStart {
  if (start === undefined) throw new Error('Only a session with a start has its transaction id');
  const at = ownTimeOf(start.startedAt, Date.parse(start.receivedAt), timeZone);
  return { at, sessionId: id, evseId };
}

/** Keeps the starts, and gives each session around the last of them its part: from then on no stop of another one ends it. */
async function divide(
  step: MessageContext,
  of: string,
  starts: readonly [TransactionStart, TransactionStart],
): Promise<readonly PartOfStart[]> {
  const [, own] = starts;
  for (const start of starts) await keepTransactionStart(step.database, of, start);
  const parts = partsAround(of, await readStartsAround(step.database, of, own.at), own.at);
  for (const one of parts) if (one.start.sessionId !== own.sessionId) await applyPart(step, one);
  return parts;
}

async function applyPart(step: MessageContext, { start, part }: PartOfStart): Promise<void> {
  const standing = await readSession(step.database, start.sessionId, true);
  if (standing === undefined) return;
  await applyToSession(step.database, sessionPlaceOf(step), { kind: 'divided', part }, standing);
}
