import type { Anomaly } from '../../../core/metering/model/anomaly.ts';
import { ownTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { startsIn } from '../../../core/session/divide-session.ts';
import { presentedIn } from '../../../core/session/present-token.ts';
import type { Session } from '../../../core/session/session.ts';
import {
  isInPart,
  partsAround,
  type TransactionPart,
  type TransactionStart,
} from '../../../core/session/transaction-part.ts';
import { applyToSession } from '../../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import {
  keepAsGoingOn,
  keepTransactionStart,
  readStartsAround,
} from '../../store/sessions/transaction-starts.ts';
import { giveRoomAgain } from '../evidence/refuse-excess.ts';
import { type MessageContext, sessionPlaceOf } from '../message-context.ts';
import { type Begun, beginSession } from './begin-session.ts';
import { type PlacedStart, placeStart } from './place-start.ts';
import type { StartFacts } from './started-event.ts';

type Start = EventOf<'sessionStarted'>;

/** The session that has the id of a transaction alone, and the one that was on the connector before its start. */
type Taken = { readonly other: StoredSession; readonly previous: string | undefined };

/** The part of a session, and what was noted on the one before it about starts in there. */
type OwnPart = { readonly part: TransactionPart; readonly noted: readonly Anomaly[] };

/**
 * Begins a session whose charger gave its transaction an id that it gave before, or finds the one that this very start began or goes on
 * with. Messages are stored by the id of their transaction, without a look at what else has that id; each session counts those from its
 * start to the next one's. A token that was presented before this start and is of its session goes over to it, and its stop once its
 * parts are known (see closeDivided). The same however often and in whatever order the starts come, also where this is done again after
 * it broke off.
 */
export async function beginReused(
  step: MessageContext,
  event: Start,
  facts: StartFacts,
  { other, previous }: Taken,
): Promise<Extract<Begun, { readonly kind: 'begun' }>> {
  const { transactionId = '' } = event;
  const of = other.session.sessionId;
  const placed = await placeStart(step, event, other.session);
  const { sessionId } = placed.start;
  const known = placed.goesOnWith?.part;
  const { part, noted } =
    known === undefined ? await divide(step, other.session, placed) : { part: known, noted: [] };
  const { presented: _ofAll, ...others } = facts;
  const presented = [facts.presented, presentedIn(other.session.start)].find(
    (one) => one !== undefined && isInPart(part, one.at),
  );
  const begun = await beginSession(
    step,
    event,
    presented === undefined ? others : { ...others, presented },
    { transactionId, sessionId, part, noted },
    previous,
  );
  if (begun.kind === 'taken') throw new Error('A start of another time has the same id');
  if (begun.isNew) giveRoomAgain(of);
  else if (known === undefined) await applyPart(step, sessionId, part);
  return begun;
}

/** The start of a session that has the id of its transaction alone. */
function startOf({ sessionId, evseId, start, timeZone }: Session): TransactionStart {
  if (start === undefined) throw new Error('Only a session with a start has its transaction id');
  const { startedAt, receivedAt, isContinued } = start;
  const at = ownTimeOf(startedAt, Date.parse(receivedAt), timeZone);
  return { at, sessionId, evseId, ...(isContinued && { isContinued }) };
}

/** Keeps the starts, and gives each session around the last of them its part: from then on no stop of another one ends it. */
async function divide(
  step: MessageContext,
  first: Session,
  { start, insteadOf }: PlacedStart,
): Promise<OwnPart> {
  const { database } = step;
  const of = first.sessionId;
  if (first.part === undefined) await keepTransactionStart(database, of, startOf(first));
  await keepTransactionStart(database, of, start);
  if (insteadOf !== undefined) await keepAsGoingOn(database, of, insteadOf);
  const parts = partsAround(of, await readStartsAround(database, of, start.at), start.at);
  const own = parts.find((one) => one.start.sessionId === start.sessionId);
  if (own === undefined) throw new Error('A start that was kept is not found');
  const noted = [];
  for (const one of parts) {
    if (one === own) continue;
    const standing = await applyPart(step, one.start.sessionId, one.part);
    if (standing !== undefined) noted.push(...startsIn(standing.session, own.part));
  }
  return { part: own.part, noted };
}

/** Gives a session its part, and the session as it was before that. */
async function applyPart(
  step: MessageContext,
  sessionId: string,
  part: TransactionPart,
): Promise<StoredSession | undefined> {
  const standing = await readSession(step.database, sessionId, true);
  if (standing === undefined) return undefined;
  await applyToSession(step.database, sessionPlaceOf(step), { kind: 'divided', part }, standing);
  return standing;
}
