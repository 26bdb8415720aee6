import { failureOf, type SessionFailure } from '../../core/monitoring/session-failure.ts';
import { readCdrInForce } from '../store/cdrs/cdr-in-force.ts';
import { readMonitoringSettings } from '../store/monitoring/monitoring-settings.ts';
import { listWatched, type Watched } from '../store/monitoring/watched-sessions.ts';
import type { Operator } from '../store/operators/operators.ts';
import { readSessions } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import { type Gathered, gatherRows } from './gather-rows.ts';
import type { WidgetOf } from './widget-request.ts';

/** A session of the month that failed. */
export type FailedRow = {
  readonly operatorName: string;
  readonly chargerId: string;
  readonly sessionId: string;
  readonly endedAt: string;
  readonly energyKwh: number;
  readonly failure: SessionFailure;
  readonly stopReason: string;
};

/** Reads sessions of the current month (UTC) that failed by their CDRs and the settings of now, operator by operator, the latest first. */
export const readFailed = (
  database: Database,
  request: Pick<WidgetOf<'failed'>, 'operatorId' | 'limit' | 'from'>,
  now: string,
): Promise<Gathered<FailedRow>> =>
  gatherRows(database, {
    ...request,
    read: async (operator, page) => {
      const { operatorId } = operator;
      const month = now.slice(0, 7);
      const { items, next } = await listWatched(
        database,
        operatorId,
        'failed-sessions',
        month,
        page,
      );
      return { rows: await failedAmong(database, operator, items), next };
    },
  });

/** The sessions that still count as failed, of those that were entered as such. */
async function failedAmong(
  database: Database,
  { operatorId, name }: Pick<Operator, 'operatorId' | 'name'>,
  entered: readonly Watched[],
): Promise<readonly FailedRow[]> {
  if (entered.length === 0) return [];
  const { failedSessions } = await readMonitoringSettings(database, operatorId);
  const ids = entered.map(({ sessionId }) => sessionId);
  const sessions = await readSessions(database, ids);
  const cdrs = await Promise.all(sessions.map((stored) => readCdrInForce(database, stored)));
  return cdrs.flatMap((cdr) => {
    const failure = cdr && failureOf(cdr, failedSessions.noEnergyKwh);
    if (cdr === undefined || failure === undefined) return [];
    const { chargerId, sessionId, endedAt, energyKwh } = cdr;
    const stopReason = cdr.evidence.session.stop?.reason ?? '';
    const facts = { chargerId, sessionId, endedAt, energyKwh };
    return [{ operatorName: name, ...facts, failure, stopReason }];
  });
}
