import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { endWithoutStop } from '../billing/end-without-stop.ts';
import { logger } from '../runtime/logger.ts';
import { readBillingSettings } from '../store/cdrs/billing-settings.ts';
import { oldestHeld } from '../store/cdrs/oldest-held.ts';
import { listOperators } from '../store/operators/list-operators.ts';
import { readOperator, shardsOf } from '../store/operators/operators.ts';
import { type ActiveSessionQuery, listActiveSessions } from '../store/sessions/active-sessions.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { placeInLists } from '../store/sessions/sessions.ts';
import {
  readSweepProgress,
  type SweepPosition,
  writeSweepProgress,
} from '../store/sessions/sweep-progress.ts';
import type { Database } from '../store/table/client.ts';
import { askForMissingCdrs } from './ask-for-missing-cdrs.ts';
import { closeAbandoned } from './close-abandoned.ts';

/** The result of a sweep: sessions that were closed, checked without need, and could not be closed. */
export type Sweep = {
  readonly closed: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Ended sessions without a CDR, whose CDR is made now. */
  readonly cdrsAsked: number;
  /** Hours since the end of the session whose CDR has been held for the longest, whole ones; 0 where none is held. */
  readonly oldestHeldHours: number;
  /** False when it had to end before it had seen everything: the next one continues. */
  readonly complete: boolean;
};

type Outcome = 'closed' | 'unchanged' | 'failed';
type Count = Record<Outcome | 'cdrsAsked' | 'oldestHeldHours', number>;

/** When a sweep happens, on our clock, and whether there is time for more. */
export type SweepTime = { readonly now: number; readonly hasTime: () => boolean };

type Round = SweepTime & { readonly isFar: boolean };

const hour = 3_600_000;

const minute = 60_000;

/** Behind all places of a list. */
const afterAll = '~';

/** Since when a session must be quiet, or its stop missing, to be closed: our clock, ISO 8601 in UTC. */
type Times = { readonly quietSince: string; readonly missingSince: string; readonly now: string };

const iso = (ms: number): string => new Date(ms).toISOString();

/** Sessions that are checked at a time. */
const atOnce = 16;

/**
 * Closes every running session of which nothing was heard for as long as its operator waits, or whose connector has long
 * been available, oldest first, and has the CDRs of ended sessions made that got none. To sweep again, or twice at once, changes nothing.
 * One that has to end before it has seen everything leaves its position to the next, so that no fleet is too large to be seen to its
 * end. The first that begins on a day (UTC) looks far back for missing CDRs, to its end.
 */
export async function sweepSessions(database: Database, time: SweepTime): Promise<Sweep> {
  const count: Count = { closed: 0, unchanged: 0, failed: 0, cdrsAsked: 0, oldestHeldHours: 0 };
  const progress = await readSweepProgress(database);
  const begin = progress.position;
  const today = iso(time.now).slice(0, 10);
  const beginsFar = begin === undefined && progress.farOn !== today;
  const isFar = beginsFar || (begin !== undefined && progress.isFar === true);
  const position = await sweepFrom(database, begin, { ...time, isFar }, count);
  if (begin !== undefined || position !== undefined || beginsFar) {
    const farOn = beginsFar ? today : progress.farOn;
    await writeSweepProgress(database, omitUndefined({ farOn, position, isFar }));
  }
  return { ...count, complete: position === undefined };
}

/** Sweeps all operators from a position on; gives the one where the time was over. */
async function sweepFrom(
  database: Database,
  begin: SweepPosition | undefined,
  time: Round,
  count: Count,
): Promise<SweepPosition | undefined> {
  for await (const position of positionsFrom(database, begin)) {
    const end = await sweepOperator(database, position, time, count);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** The position itself, and then the beginning of each operator after it. */
async function* positionsFrom(
  database: Database,
  begin: SweepPosition | undefined,
): AsyncGenerator<SweepPosition> {
  if (begin !== undefined) yield begin;
  let after = begin?.operatorId;
  for (;;) {
    const { operatorIds, more } = await listOperators(database, after);
    for (const operatorId of operatorIds) yield { operatorId };
    after = operatorIds.at(-1);
    if (!more || after === undefined) return;
  }
}

/** Sweeps an operator's sessions from a place on; gives the one where the time was over. */
async function sweepOperator(
  database: Database,
  { operatorId, place, compared: begin }: SweepPosition,
  time: Round,
  count: Count,
): Promise<SweepPosition | undefined> {
  const [operator, settings] = await Promise.all([
    readOperator(database, operatorId),
    readBillingSettings(database, operatorId),
  ]);
  if (operator === undefined) return undefined;
  const { closeAfterHours, closeWhenAvailableMinutes } = settings.neverStopped;
  const times: Times = {
    quietSince: iso(time.now - closeAfterHours * hour),
    missingSince: iso(time.now - closeWhenAvailableMinutes * minute),
    now: iso(time.now),
  };
  const shards = shardsOf(operator);
  for (const span of spansOf(time.now, times, place)) {
    const places = { operatorId, shards, ...span };
    for await (const [first, ...others] of groupsOf(listActiveSessions(database, places))) {
      if (!time.hasTime()) return { operatorId, place: placeInLists(first.session) };
      const some = [first, ...others].map((stored) => attempt(database, stored, times));
      for (const outcome of await Promise.all(some)) count[outcome] += 1;
    }
  }
  const { asked, rest } = await askForMissingCdrs(database, { operatorId, shards, begin, ...time });
  count.cdrsAsked += asked;
  if (rest !== undefined) return { operatorId, place: afterAll, compared: rest };
  const held = await oldestHeld(database, operatorId, shards);
  const hours = held === undefined ? 0 : Math.floor((time.now - Date.parse(held)) / hour);
  count.oldestHeldHours = Math.max(count.oldestHeldHours, hours);
  return undefined;
}

type Span = Pick<ActiveSessionQuery, 'from' | 'to'>;

/** The parts of a list in which sessions may be due, from a place on. */
function spansOf(now: number, { quietSince, missingSince }: Times, place = ' '): readonly Span[] {
  // A start in the future is one of a charger whose clock runs ahead: only ours shows how old it is.
  const future = iso(now + 24 * hour);
  const latest = quietSince > missingSince ? quietSince : missingSince;
  return [{ from: place, to: latest }, { from: place > future ? place : future }];
}

/** Sessions one after the other, grouped as they are checked. */
async function* groupsOf(
  sessions: AsyncIterable<StoredSession>,
): AsyncGenerator<readonly [StoredSession, ...StoredSession[]]> {
  let group: StoredSession[] = [];
  for await (const stored of sessions) {
    group.push(stored);
    if (group.length < atOnce) continue;
    yield* nonEmpty(group);
    group = [];
  }
  yield* nonEmpty(group);
}

function* nonEmpty([first, ...others]: readonly StoredSession[]) {
  if (first !== undefined) yield [first, ...others] as const;
}

async function attempt(database: Database, stored: StoredSession, times: Times): Promise<Outcome> {
  const { sessionId, operatorId, chargerId } = stored.session;
  try {
    const since = { silent: times.missingSince, available: times.missingSince };
    if ((await endWithoutStop(database, stored, since, times.now)) === 'closed') {
      logger.info('Session ended without its stop', { sessionId, operatorId, chargerId });
      return 'closed';
    }
    const outcome = await closeAbandoned(database, stored, times);
    if (outcome === 'closed')
      logger.info('Session abandoned', { sessionId, operatorId, chargerId });
    return outcome;
  } catch (error) {
    // The others must not wait for one that cannot be closed.
    logger.error('A session could not be closed', { error, sessionId, operatorId, chargerId });
    return 'failed';
  }
}
