import type { Tariff } from '../../core/tariff/tariff.ts';
import type { Database } from '../store/client.ts';
import type { StoredSession } from '../store/session-item.ts';
import { readSession } from '../store/sessions.ts';
import { tariffOf } from './tariff-of.ts';

/** A session and the tariff that holds for it, which is fixed from its start. */
export type SessionFacts = { readonly stored: StoredSession; readonly tariff: Tariff | undefined };

const mostRemembered = 2_000;

/** Facts of sessions that this process has met; a session's start and tariff do not change. */
const remembered = new Map<string, SessionFacts>();

/** Reads what is fixed of a session, once in this process; undefined while the session has no start. */
export async function sessionFacts(
  database: Database,
  sessionId: string,
): Promise<SessionFacts | undefined> {
  const known = remembered.get(sessionId);
  if (known !== undefined) return known;
  const stored = await readSession(database, sessionId, true);
  if (stored?.session.start === undefined) return undefined;
  const facts = { stored, tariff: await tariffOf(database, stored.session) };
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(sessionId, facts);
  return facts;
}
