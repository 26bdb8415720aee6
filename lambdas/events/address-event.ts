import type { DynamoDBRecord } from 'aws-lambda';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { shownSessionFacts } from '../../core/event/session-events.ts';
import type { Session } from '../../core/session/session.ts';
import type { NewEvent } from '../store/events/logged-event.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import type { Derived } from './derive-from-record.ts';

/** An event, whose it is, and which charger it is of. */
export type Addressed = {
  readonly record: DynamoDBRecord;
  readonly operatorId: string;
  readonly chargerKey: string | undefined;
  readonly event: NewEvent;
};

/** Sessions whose facts do not change while they run, for their running views. */
const sessions = new Map<string, Session>();
const mostSessions = 2_000;

/** A session by its id: as it was read last, for as long as nothing of it changes. */
export async function sessionOf(
  database: Database,
  sessionId: string,
): Promise<Session | undefined> {
  const known = sessions.get(sessionId);
  if (known !== undefined) return known;
  const session = (await readSession(database, sessionId))?.session;
  if (sessions.size >= mostSessions) sessions.clear();
  if (session !== undefined) sessions.set(sessionId, session);
  return session;
}

/** Forgets what was read of a session that has changed: it may have its token only now. */
export const forgetSession = (sessionId: string): boolean => sessions.delete(sessionId);

/** The operator of a charger, by its key. */
export const operatorOf = (key: string): string => key.slice(0, key.indexOf('#'));

/** Finds whose an event is; undefined where it is of a session that does not exist. */
export async function addressEvent(
  database: Database,
  { record, draft, source }: Derived,
): Promise<Addressed | undefined> {
  const { type, at, subject, data } = draft;
  switch (subject.kind) {
    case 'operator': {
      const event = { type, at, data, source };
      return { record, operatorId: subject.operatorId, chargerKey: undefined, event };
    }
    case 'charger': {
      const { chargerKey: key } = subject;
      return {
        record,
        operatorId: operatorOf(key),
        chargerKey: key,
        event: { type, at, data, source },
      };
    }
    case 'session': {
      const session = await sessionOf(database, subject.sessionId);
      if (session === undefined) return undefined;
      const { operatorId, chargerId } = session;
      const whole = { ...shownSessionFacts(session), ...data };
      const key = chargerKey(operatorId, chargerId);
      return { record, operatorId, chargerKey: key, event: { type, at, data: whole, source } };
    }
    default:
      return subject satisfies never;
  }
}
