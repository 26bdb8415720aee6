import middy from '@middy/core';
import { sendPartnerMessages } from '../roaming/send-partner-messages.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { askForDuePulls } from './ask-for-due-pulls.ts';
import { type Sweep, sweepSessions } from './sweep-sessions.ts';

/** Time reserved for the current session when the run is nearly over, ms. */
const reserve = 20_000;

/** When the schedule called, epoch ms; now, where an event does not say. */
function timeOf(event: unknown): number {
  const time = typeof event === 'object' && event !== null && 'time' in event ? event.time : '';
  const parsed = Date.parse(String(time));
  return Number.isNaN(parsed) ? Date.now() : parsed;
}

/** Closes the sessions that never stopped, and has pulls from roaming partners begin that are due. A schedule calls it; it fails when a session could not be closed. */
export const handler = middy<unknown, Sweep>()
  .use(withRequestId())
  .handler(async (event, context) => {
    const hasTime = (): boolean => context.getRemainingTimeInMillis() > reserve;
    const now = timeOf(event);
    const sweep = await sweepSessions(database, { now, hasTime });
    const pulls = await askForDuePulls({ database, send: sendPartnerMessages }, now);
    const outcome = sweep.failed > 0 ? 'failed' : 'done';
    const { closed: SessionsAbandoned, oldestHeldHours: OldestHeldHours } = sweep;
    emitMetric({ action: 'sweep', outcome }, { SessionsAbandoned, OldestHeldHours });
    logger.info('Sessions swept', { ...sweep, pulls });
    if (sweep.failed > 0) throw new Error(`${sweep.failed} sessions could not be closed`);
    return sweep;
  });
