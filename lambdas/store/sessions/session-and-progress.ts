import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { runningViewKey, sessionKey } from '../table/keys/session-keys.ts';
import { progressFrom, type RunningViewState } from './running-view.ts';
import { type StoredSession, storedSessionFrom } from './session-item.ts';

/** A session, if there is one, and its progress, if any was written. */
export type SessionAndProgress = {
  readonly stored: StoredSession | undefined;
  readonly progress: RunningViewState | undefined;
};

/** Reads a session and its progress in one request, which sees every write that has been answered. */
export async function readSessionAndProgress(
  database: Database,
  sessionId: string,
): Promise<SessionAndProgress> {
  const keys = [sessionKey(sessionId), runningViewKey(sessionId)];
  const [session, progress] = await getItems(database, keys, true);
  return {
    stored: session && storedSessionFrom(session),
    progress: progress && progressFrom(progress),
  };
}
