import { logger } from '../edge/logger.ts';
import { readBillingSettings } from '../store/billing-settings.ts';
import type { Database } from '../store/client.ts';
import { listOperators } from '../store/list-operators.ts';
import { readOperator, shardsOf } from '../store/operators.ts';
import { listRunning, type RunningPlaces } from '../store/running-sessions.ts';
import type { StoredSession } from '../store/session-item.ts';
import { closeAbandoned } from './close-abandoned.ts';

/** What a sweep did: sessions that were closed, looked at in vain, and could not be closed. */
export type Sweep = {
  readonly closed: number;
  readonly unchanged: number;
  readonly failed: number;
  /** False when it had to end before it had seen everything: the next one goes on. */
  readonly complete: boolean;
};

type Count = { closed: number; unchanged: number; failed: number };

/** When a sweep happens, on our clock, and whether there is time for more. */
export type SweepTime = { readonly now: number; readonly hasTime: () => boolean };

const hour = 3_600_000;

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * Closes every running session of which nothing was heard for as long as its operator waits, oldest first. To sweep
 * again, or twice at once, changes nothing.
 */
export async function sweepSessions(database: Database, time: SweepTime): Promise<Sweep> {
  const count: Count = { closed: 0, unchanged: 0, failed: 0 };
  let after: string | undefined;
  for (;;) {
    const { operatorIds, more } = await listOperators(database, after);
    for (const operatorId of operatorIds) {
      if (!(await sweepOperator(database, operatorId, time, count))) {
        return { ...count, complete: false };
      }
    }
    after = operatorIds.at(-1);
    if (!more || after === undefined) return { ...count, complete: true };
  }
}

/** Sweeps an operator's sessions; false when the time was over before its end. */
async function sweepOperator(
  database: Database,
  operatorId: string,
  time: SweepTime,
  count: Count,
): Promise<boolean> {
  const [operator, settings] = await Promise.all([
    readOperator(database, operatorId),
    readBillingSettings(database, operatorId),
  ]);
  if (operator === undefined) return true;
  const quietSince = iso(time.now - settings.neverStopped.closeAfterHours * hour);
  const places = { operatorId, shards: shardsOf(operator) };
  const stretches: readonly RunningPlaces[] = [
    { ...places, to: quietSince },
    // A start in the future is one of a charger whose clock runs ahead: only ours tells how old it is.
    { ...places, from: iso(time.now + 24 * hour) },
  ];
  for (const stretch of stretches) {
    for await (const stored of listRunning(database, stretch)) {
      if (!time.hasTime()) return false;
      count[await attempt(database, stored, { quietSince, now: iso(time.now) })] += 1;
    }
  }
  return true;
}

async function attempt(
  database: Database,
  stored: StoredSession,
  times: { readonly quietSince: string; readonly now: string },
): Promise<keyof Count> {
  const { sessionId, operatorId, chargerId } = stored.session;
  try {
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
