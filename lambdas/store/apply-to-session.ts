import { canonicalJson } from '../../core/cdr/canonical-json.ts';
import { applySessionEvent } from '../../core/session/apply-session-event.ts';
import type { Session } from '../../core/session/session.ts';
import type { SessionEvent } from '../../core/session/session-event.ts';
import type { Database } from './client.ts';
import { fewOfEach } from './few-of-each.ts';
import type { StoredSession } from './session-item.ts';
import { insertSession, replaceSession, type SessionPlace, type SessionWrite } from './sessions.ts';

/** What an event did to a session. */
export type Applied = 'changed' | 'unchanged';

/** How often a session may change under our hands before we give up; two would be remarkable. */
const mostAttempts = 5;

const same = (a: Session, b: Session): boolean => canonicalJson(a) === canonicalJson(b);

const isSealed = (standing: StoredSession | undefined): boolean =>
  standing?.result?.cdrSequence !== undefined;

/** Later than all that counts: the start and the stop that a sealed CDR rests on stay those of its session. */
const last = '9999-12-31T23:59:59.999Z';

function asLast(event: SessionEvent): SessionEvent {
  switch (event.kind) {
    case 'started':
      return { ...event, start: { ...event.start, receivedAt: last } };
    case 'stopped':
      return { ...event, stop: { ...event.stop, receivedAt: last } };
    case 'superseded':
      return event;
    default:
      return event satisfies never;
  }
}

async function attempt(
  database: Database,
  place: SessionPlace,
  event: SessionEvent,
  standing: StoredSession | undefined,
): Promise<Applied | SessionWrite> {
  const changed = applySessionEvent(standing?.session, isSealed(standing) ? asLast(event) : event);
  if (changed === undefined) return 'unchanged';
  const next = { ...changed, anomalies: fewOfEach(changed.anomalies) };
  if (standing === undefined) return await insertSession(database, next, place);
  if (same(next, standing.session)) return 'unchanged';
  return await replaceSession(database, next, placeIn(standing, place), standing.version);
}

/** A sealed CDR rests on what had been kept until then: nothing that comes later moves that. */
function placeIn(standing: StoredSession, { keptAt }: SessionPlace): SessionPlace {
  return keptAt === undefined || isSealed(standing) ? standing : { shard: standing.shard, keptAt };
}

/**
 * Applies an event to the session that stands (undefined: none does), and again to what stands then, until it is
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
  throw new Error('The session kept changing while an event was applied to it');
}
