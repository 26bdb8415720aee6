import { failureOf, type SessionFailure } from '../../core/monitoring/session-failure.ts';
import { readCdrInForce } from '../store/cdrs/cdr-in-force.ts';
import { readMonitoringSettings } from '../store/monitoring/monitoring-settings.ts';
import { listWatched, type Watched } from '../store/monitoring/watched-sessions.ts';
import type { Operator } from '../store/operators/operators.ts';
import { readSessions } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import { operatorsFrom } from './operators-from.ts';
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

/** The latest failed sessions; `more` is true where there may be others. */
export type FailedPage = { readonly rows: readonly FailedRow[]; readonly more: boolean };

/** Operators that one look reads the list of. */
const mostOperators = 100;

/** Reads sessions of the current month (UTC) that failed by their CDRs and the settings of now, operator by operator. */
export async function readFailed(
  database: Database,
  { operatorId, limit }: Pick<WidgetOf<'failed'>, 'operatorId' | 'limit'>,
  now: string,
): Promise<FailedPage> {
  const rows: FailedRow[] = [];
  let operators = 0;
  let more = false;
  for await (const { operatorId: id, name } of operatorsFrom(database, { only: operatorId })) {
    if (operators === mostOperators || rows.length >= limit) return { rows, more: true };
    operators += 1;
    const page = { limit: limit - rows.length };
    const month = now.slice(0, 7);
    const { items, next } = await listWatched(database, id, 'failed-sessions', month, page);
    more ||= next !== null;
    rows.push(...(await failedAmong(database, { operatorId: id, name }, items)));
  }
  return { rows, more };
}

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
