import { isPossibleTime, ownTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import type { Session } from '../../../core/session/session.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import {
  latestAt,
  type TransactionStart,
  timeAgain,
} from '../../../core/session/transaction-part.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import { readStartsAround } from '../../store/sessions/transaction-starts.ts';
import type { MessageContext } from '../message-context.ts';
import { isAnother, isRepetition } from './is-start-of.ts';

type Start = EventOf<'sessionStarted'>;

/** A start among those under its transaction id, with the session that it is of. */
export type PlacedStart = {
  readonly start: TransactionStart;
  /** The session, where the start only goes on with it and nothing begins. */
  readonly goesOnWith?: Session;
  /** The start that was the first one known of the session: it goes on with this one. */
  readonly insteadOf?: TransactionStart;
};

/** The session of a kept start, where that start and another one are of the same transaction: the later of the two goes on with it. */
async function sessionOfBoth(
  step: MessageContext,
  event: Start,
  { sessionId }: TransactionStart,
): Promise<Session | undefined> {
  const stored = await readSession(step.database, sessionId, true);
  return stored === undefined || isAnother(step, event, stored.session)
    ? undefined
    : stored.session;
}

/**
 * A start whose time cannot be one among those that have the same: that of the last of them while its session runs, and else one of its
 * own, known by the receipt of that one's end. Undefined where it is not like the last of them.
 */
async function startAfterEnd(
  step: MessageContext,
  event: Start,
  first: Session,
  start: TransactionStart,
): Promise<TransactionStart | undefined> {
  const { now, charger } = step;
  const { timestamp } = event;
  if (timestamp === undefined || isPossibleTime(timestamp, now, charger.timeZone)) return undefined;
  const { part } = first;
  const starts =
    part === undefined ? [] : await readStartsAround(step.database, part.of, latestAt(start.at));
  const last = starts.findLast((one) => one.at <= latestAt(start.at));
  const session =
    last === undefined ? first : (await readSession(step.database, last.sessionId, true))?.session;
  if (session === undefined) return undefined;
  if (last !== undefined && isRepetition(step, session, event)) return last;
  if (session.start?.startedAt !== timestamp || session.stop === undefined) return undefined;
  const at = timeAgain(start.at, session.stop.receivedAt);
  return {
    ...start,
    at,
    sessionId: sessionOfTransaction(charger.chargerKey, `${event.transactionId}\n${at}`),
  };
}

/**
 * Finds the session of a start whose transaction's id others have, too: that of the start before it in time, if it goes on with that one,
 * or that of the next one, if that goes on with it; and else one of its own. `first` is the session that has the id alone.
 */
export async function placeStart(
  step: MessageContext,
  event: Start,
  first: Session,
): Promise<PlacedStart> {
  const { timestamp, evseId, isContinued, transactionId = '' } = event;
  const { chargerKey, timeZone } = step.charger;
  const at = ownTimeOf(timestamp, step.now, timeZone);
  const start = {
    at,
    evseId,
    sessionId: sessionOfTransaction(chargerKey, `${transactionId}\n${at}`),
    ...(isContinued && { isContinued }),
  };
  const again = await startAfterEnd(step, event, first, start);
  if (again !== undefined) return { start: again };
  if (first.part === undefined) return { start };
  const starts = await readStartsAround(step.database, first.part.of, at);
  const same = starts.find((one) => one.at === at);
  if (same !== undefined) {
    const { sessionId } = same;
    const insteadOf = starts.find((one) => one.at !== at && one.sessionId === sessionId);
    return { start: { ...start, sessionId }, ...(insteadOf && { insteadOf }) };
  }
  const before = starts.findLast((one) => one.at < at);
  if (isContinued && before !== undefined) {
    const goesOnWith = await sessionOfBoth(step, event, before);
    if (goesOnWith) return { start: { ...start, sessionId: before.sessionId }, goesOnWith };
  }
  const after = starts.find((one) => one.at > at);
  return after?.isContinued && (await sessionOfBoth(step, event, after))
    ? { start: { ...start, sessionId: after.sessionId }, insteadOf: after }
    : { start };
}
