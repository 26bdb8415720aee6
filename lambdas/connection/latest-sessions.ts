import type { Session } from '../../core/session/session.ts';
import { readOperator, shardsOf } from '../store/operators/operators.ts';
import { listSessions } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/** The latest 50 sessions of a charger, the latest first. */
export async function latestSessions(
  database: Database,
  operatorId: string,
  chargerKey: string,
): Promise<readonly Session[]> {
  const operator = await readOperator(database, operatorId);
  const { items } = await listSessions(database, operatorId, {
    states: ['active', 'ended', 'void'],
    shards: operator === undefined ? [] : shardsOf(operator),
    owner: { kind: 'charger', chargerKey },
    limit: 50,
  });
  return items.map(({ session }) => session);
}
