import middy from '@middy/core';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { type Sweep, sweepSessions } from './sweep-sessions.ts';

/** Time reserved for the current session when the run is nearly over, ms. */
const reserve = 20_000;

/** When the schedule called, epoch ms; now, where an event does not say. */
function timeOf(event: unknown): number {
  const time = typeof event === 'object' && event !== null && 'time' in event ? event.time : '';
  const parsed = Date.parse(String(time));
  return Number.isNaN(parsed) ? Date.now() : parsed;
}

/** Closes the sessions that never stopped. A schedule calls it; it fails when a session could not be closed. */
export const handler = middy<unknown, Sweep>()
  .use(withRequestId())
  .handler(async (event, context) => {
    const hasTime = (): boolean => context.getRemainingTimeInMillis() > reserve;
    const sweep = await sweepSessions(database, { now: timeOf(event), hasTime });
    const outcome = sweep.failed > 0 ? 'failed' : 'done';
    emitMetric({ action: 'sweep', outcome }, { SessionsAbandoned: sweep.closed });
    logger.info('Sessions swept', { ...sweep });
    if (sweep.failed > 0) throw new Error(`${sweep.failed} sessions could not be closed`);
    return sweep;
  });
