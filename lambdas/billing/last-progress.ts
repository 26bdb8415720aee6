import {
  type RunningView,
  type RunningViewState,
  type RunningViewWrite,
  readProgress,
  writeRunningView,
} from '../store/sessions/running-view.ts';
import type { Database } from '../store/table/client.ts';

const mostRemembered = 2_000;

/** Running views of about 1 KB each, as this process wrote them last. */
const views = new Map<string, RunningView>();

/**
 * How far a session is, to be followed by a write: as this process left it, and read only where it has not written it
 * lately. Where somebody else wrote since, the condition of the write says so.
 */
export async function lastProgress(
  database: Database,
  sessionId: string,
): Promise<RunningViewState | undefined> {
  const live = views.get(sessionId);
  return live === undefined ? await readProgress(database, sessionId) : { kind: 'running', live };
}

/** Keeps a running view if it follows the one that is kept, and remembers it for the readings that come next. */
export async function followProgress(
  database: Database,
  live: RunningView,
): Promise<RunningViewWrite> {
  const write = await writeRunningView(database, live);
  if (views.size >= mostRemembered) views.clear();
  if (write.kind === 'written') views.set(live.sessionId, live);
  else views.delete(live.sessionId);
  return write;
}
