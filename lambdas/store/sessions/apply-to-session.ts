import { changeSession, isFixed } from '../../../core/cdr/change-session.ts';
import type { SessionEvent } from '../../../core/session/session-event.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import type { StoredSession } from './session-item.ts';
import { insertSession, replaceSession, type SessionPlace, type SessionWrite } from './sessions.ts';

/** The effect of an event on a session. */
export type Applied = 'changed' | 'unchanged';

/** How often a session may change under our hands before we give up; two would be remarkable. */
const mostAttempts = 5;

async function attempt(
  database: Database,
  place: SessionPlace,
  event: SessionEvent,
  standing: StoredSession | undefined,
): Promise<Applied | SessionWrite> {
  const next = changeSession(standing, event);
  if (next === undefined) return 'unchanged';
  if (standing === undefined) return await insertSession(database, next, place);
  return await replaceSession(database, next, placeIn(standing, place), standing.version);
}

/** A CDR that is fixed is based on what had been kept until then: nothing that comes later moves that. */
function placeIn(standing: StoredSession, { keptAt }: SessionPlace): SessionPlace {
  return keptAt === undefined || isFixed(standing) ? standing : { ...standing, keptAt };
}

/**
 * Applies an event to the stored session (undefined: there is none), and again to the then stored one, until it is
 * written. The session keeps its place in lists; a new one gets `place`.
 */
export async function applyToSession(
  database: Database,
  place: SessionPlace,
  event: SessionEvent,
  standing: StoredSession | undefined,
): Promise<Applied> {
  let current = standing;
  for (let n = 0; n < mostAttempts; n += 1) {
    const result = await attempt(database, place, event, current);
    if (result === 'unchanged' || result === 'changed') return result;
    if (result.kind === 'written') return 'changed';
    current = result.stored;
  }
  throw new ConcurrentUpdateError('The session kept changing while an event was applied to it');
}
