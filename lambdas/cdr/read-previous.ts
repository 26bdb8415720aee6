import { isSameConnector } from '../../core/charger/connector-ref.ts';
import type { Session } from '../../core/session/session.ts';
import { shownTimes } from '../../core/session/shown-times.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { listSessions, readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/** The number of messages of chargers that wait to be processed. */
export type CountWaiting = () => Promise<number>;

/** How many messages wait, and a session that is known already: it may be the one before. */
export type PreviousHelpers = {
  readonly countWaiting: CountWaiting;
  readonly previous: StoredSession | undefined;
};

/** The session that a connector's session follows, and the latest one known to have ended with a register before it. */
export type Previous = {
  /** The one that was on the connector when the start arrived. */
  readonly pointed: StoredSession;
  /** The one that came directly before it; undefined while it cannot be known. */
  readonly adjacent: StoredSession | undefined;
};

/** Wh that a register may go on between two sessions: jitter. */
const jitter = 10;

/** Of sessions between two others hardly any is on another connector and dated between them. */
const mostBetween = 20;

/**
 * True if energy seems to have flowed between two sessions: then there may have been a session between them whose start is
 * still unknown.
 */
const seemsIncomplete = (previous: Session, session: Session): boolean => {
  const end = previous.stop?.meterStop;
  const start = session.start?.meterStart;
  return end !== undefined && (start === undefined || Number(start) - Number(end) > jitter);
};

/**
 * Reads the session before one. Starts may be stored in another order than they were sent, after an outage; so where the
 * register seems to have gone on by itself, nothing is concluded while messages of chargers wait, and the sessions that are
 * dated between the two are looked at. So a gap is never claimed because of the order in which CDRs are sealed.
 */
export async function readPrevious(
  database: Database,
  { session, chargerKey }: StoredSession,
  { countWaiting, previous }: PreviousHelpers,
): Promise<Previous | undefined> {
  const { previousSessionId } = session;
  if (previousSessionId === undefined) return undefined;
  const isKnown = previous?.session.sessionId === previousSessionId;
  const pointed = isKnown ? previous : await readSession(database, previousSessionId);
  if (pointed === undefined) return undefined;
  if (!seemsIncomplete(pointed.session, session)) return { pointed, adjacent: pointed };
  if ((await countWaiting()) > 0) return { pointed, adjacent: undefined };
  const between = await sessionsBetween(database, chargerKey, pointed.session, session);
  const [latest = pointed] = between;
  return { pointed, adjacent: latest.session.start === undefined ? undefined : latest };
}

/** The sessions of a connector between two others, the latest first; one without its start may have been there. */
async function sessionsBetween(
  database: Database,
  chargerKey: string,
  previous: Session,
  session: Session,
): Promise<readonly StoredSession[]> {
  const { items } = await listSessions(database, session.operatorId, {
    states: ['ended', 'active'],
    shards: [],
    owner: { kind: 'charger', chargerKey },
    from: shownTimes(previous).startedAt ?? undefined,
    to: shownTimes(session).startedAt ?? undefined,
    limit: mostBetween,
  });
  return items.filter(
    (one) =>
      one.session.sessionId !== previous.sessionId &&
      one.session.sessionId !== session.sessionId &&
      (one.session.start === undefined || isSameConnector(one.session, session)),
  );
}
