import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { runningViewKey, sessionKey } from '../table/keys/session-keys.ts';
import { progressFrom, type RunningViewState } from './running-view.ts';
import { type StoredSession, storedSessionFrom } from './session-item.ts';

/** A session, if there is one, its progress, if any was written, and the session before it, where that was asked for. */
export type SessionAndProgress = {
  readonly stored: StoredSession | undefined;
  readonly progress: RunningViewState | undefined;
  readonly previous: StoredSession | undefined;
};

/** Reads a session, its progress and the session before it in one request, which sees every write that has been answered. */
export async function readSessionAndProgress(
  database: Database,
  sessionId: string,
  previousSessionId: string | undefined,
): Promise<SessionAndProgress> {
  const keys = [
    sessionKey(sessionId),
    runningViewKey(sessionId),
    ...(previousSessionId === undefined ? [] : [sessionKey(previousSessionId)]),
  ];
  const [session, progress, previous] = await getItems(database, keys, true);
  return {
    stored: session && storedSessionFrom(session),
    progress: progress && progressFrom(progress),
    previous: previous && storedSessionFrom(previous),
  };
}
