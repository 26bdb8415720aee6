import { applySessionEvent } from '../session/apply-session-event.ts';
import type { Session } from '../session/session.ts';
import type { SessionIdentity } from '../session/session-event.ts';
import { pushedIdentity } from './pushed-identity.ts';
import type { PushedRecord } from './pushed-record.ts';

/** The facts of a pushed session that follow from whose API key pushed it. */
export type PushFacts = Pick<
  Session,
  'operatorId' | 'chargerId' | 'timeZone' | 'maxPowerW' | 'tariffId'
>;

/** A wallbox has one connector, and a third party names none. */
export const pushedConnector = { evseId: 1, connectorId: 1 };

/**
 * The session that a pushed record is: ended, by the times that it states. The API key that pushed it is its authorisation, so
 * it has no token. `receivedAt` is our clock, ISO 8601 in UTC.
 */
export const pushedSession = (
  { tariffId, ...facts }: PushFacts,
  record: PushedRecord,
  receivedAt: string,
): Session => {
  const { sessionId, transactionId } = pushedIdentity(facts.operatorId, record);
  const identity: SessionIdentity = {
    ...facts,
    ...pushedConnector,
    sessionId,
    transactionId,
    protocol: 'push',
  };
  const started = applySessionEvent(undefined, {
    kind: 'started',
    identity,
    start: { startedAt: record.carConnected, receivedAt, tokenId: '', authorization: 'Accepted' },
    fixed: tariffId === undefined ? {} : { tariffId },
  });
  const session = applySessionEvent(started, {
    kind: 'stopped',
    identity,
    stop: { endedAt: record.carDisconnected, receivedAt, reason: 'EVDisconnected' },
  });
  if (session === undefined) throw new Error('a start makes a session');
  return session;
};
