import { pastTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { Answers } from '../../../core/ocpp/answer.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { applySessionEvent } from '../../../core/session/apply-session-event.ts';
import type { Session } from '../../../core/session/session.ts';
import type { SessionStarted } from '../../../core/session/session-event.ts';
import type { TokenAuthorization } from '../../../core/token/authorize-token.ts';
import { tokenStatusOf } from '../../../core/token/token-status-of.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { type Opened, openSessionOn } from '../../store/chargers/open-session-on.ts';
import { applyToSession } from '../../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { insertSession, type SessionPlace } from '../../store/sessions/sessions.ts';
import { type MessageContext, sessionPlaceOf } from '../message-context.ts';
import { connectorOfStart, isPlaced } from './connector-of-start.ts';
import { isAnother, isRepetition } from './is-start-of.ts';
import { type StartFacts, startedEvent, type Transaction } from './started-event.ts';

type Start = EventOf<'sessionStarted'>;

/**
 * Outcome of a start under a transaction id: the session that it began, now or before, and what to answer; or nothing,
 * because another start has the id. Then `previous` is the session that was on the connector before this start.
 */
export type Begun =
  | {
      readonly kind: 'begun';
      readonly answer: Answers['sessionStarted'];
      readonly sessionId: string;
      readonly isNew: boolean;
      /** Our answer about a token that was presented before this start, which names none. */
      readonly presented?: Answers['sessionStarted']['authorization'];
    }
  | {
      readonly kind: 'taken';
      readonly previous: string | undefined;
      /** The session of the other start. */
      readonly standing: StoredSession;
    };

/**
 * Begins the session of a transaction, or finds the one that this very start began before. `known` is the session that was
 * on the connector before this start, as far as an attempt with another id has found it.
 */
export async function beginSession(
  step: MessageContext,
  event: Start,
  facts: StartFacts,
  transaction: Transaction,
  known?: string,
): Promise<Begun> {
  const { chargerKey } = step.charger;
  const { transactionId, sessionId: id } = transaction;
  const opened: Opened = isPlaced(event)
    ? await openSessionOn(step.database, chargerKey, connectorOfStart(event), {
        sessionId: id,
        startedAt: pastTimeOf(event.timestamp, step.now, step.charger.timeZone),
      })
    : { kind: 'opened' };
  const before = known ?? opened.previousSessionId;
  // A start of the session that runs there already.
  const previous = before === id ? undefined : before;
  const started = startedEvent(step, event, facts, transaction, previous);
  const kept = await keepStart(step, event, started, {
    opened,
    isKnown: transaction.part !== undefined,
    authorization: facts.authorization,
    place: omitUndefined({ ...sessionPlaceOf(step), locationId: facts.terms.locationId }),
  });
  if (kept.kind === 'taken') {
    // The session before the other start does not concern this one.
    return { ...kept, previous: opened.kind === 'opened-before' ? undefined : previous };
  }
  const authorization = { ...facts.authorization, status: kept.status };
  const begun = { kind: 'begun', sessionId: id, isNew: kept.isNew } as const;
  // Nothing is said about a token that nobody has presented, or that was answered when somebody did.
  if (event.tokenId === undefined) {
    const presented = started.start.tokenId === '' ? undefined : { status: kept.status };
    return omitUndefined({ ...begun, answer: { transactionId }, presented });
  }
  const answer = omitUndefined({ transactionId, authorization, limit: facts.limit });
  return { ...begun, answer };
}

type Status = TokenAuthorization['status'];

/** The session that a start makes: over already where a later one runs on its connector, until its own stop arrives. */
function begunSession(started: SessionStarted, opened: Opened): Session {
  const session = applySessionEvent(undefined, started);
  const { laterSessionId: by, laterStartedAt: endedAt } = opened;
  const { receivedAt: received } = started.start;
  const begun =
    by === undefined || endedAt === undefined
      ? session
      : applySessionEvent(session, { kind: 'superseded', by, endedAt, receivedAt: received });
  if (begun === undefined) throw new Error('A start makes a session');
  return begun;
}

/** The outcome of a start: `taken` when another start has the transaction id. */
type Kept =
  | { readonly kind: 'kept'; readonly status: Status; readonly isNew: boolean }
  | { readonly kind: 'taken'; readonly standing: StoredSession };

/** The sessions on the connector around a start, what is answered about its token, and where it belongs. */
type Known = {
  readonly opened: Opened;
  /** True where it is known that the start is of the session, by all starts under its transaction id. */
  readonly isKnown: boolean;
  readonly authorization: TokenAuthorization;
  readonly place: SessionPlace;
};

/** Keeps a start and gives the status to answer: a repetition gets the one that it got before. */
async function keepStart(
  step: MessageContext,
  event: Start,
  started: SessionStarted,
  { opened, isKnown, authorization, place }: Known,
): Promise<Kept> {
  const { database } = step;
  const given = tokenStatusOf(started.start.authorization);
  const session = begunSession(started, opened);
  const { status: _inStart, ...answered } = authorization;
  const write = await insertSession(database, session, {
    ...place,
    ...(Object.keys(answered).length > 0 && { answered }),
  });
  if (write.kind === 'written') return { kind: 'kept', status: given, isNew: true };
  const standing = write.stored;
  const begun = standing?.session.start;
  if (standing === undefined || begun === undefined) {
    await applyToSession(database, place, started, standing);
    return { kind: 'kept', status: given, isNew: true };
  }
  if (!isRepetition(step, standing.session, event)) {
    const isOther = standing.session.part !== undefined || isAnother(step, event, standing.session);
    if (isOther && !isKnown) return { kind: 'taken', standing };
    // The charger gave the id itself: it is the same session, of which it says two things.
    await applyToSession(database, place, started, standing);
    return { kind: 'kept', status: given, isNew: false };
  }
  return { kind: 'kept', status: tokenStatusOf(begun.authorization), isNew: false };
}
