import { hourlyEnergy } from '../../core/analytics/hourly-energy.ts';
import type { ChargerFacts } from '../connection/charger-facts.ts';
import { type Operator, shardsOf } from '../store/operators/operators.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { listSessions } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

const day = 24 * 3_600_000;
const hours = 24;

/** Sessions of a charger that are looked at; a connector has few a day. */
const mostSessions = 40;

/** Reads the energy of a charger in each of the last 24 hours, kWh, by the sessions that began in the last two days; one query. */
export async function readLastDay(
  database: Database,
  operator: Operator,
  { charger, running }: ChargerFacts,
  now: number,
): Promise<readonly number[]> {
  const { chargerKey } = charger;
  const { items } = await listSessions(database, operator.operatorId, {
    states: ['active', 'ended'],
    shards: shardsOf(operator),
    owner: { kind: 'charger', chargerKey },
    from: new Date(now - 2 * day).toISOString(),
    limit: mostSessions,
  });
  const spans = items.flatMap(({ session, result }: StoredSession) => {
    const { sessionId, start, stop } = session;
    const energy = result?.energy ?? running?.get(sessionId)?.energy;
    if (start === undefined || energy === undefined) return [];
    const to = stop === undefined ? now : Date.parse(stop.endedAt);
    return [{ from: Date.parse(start.startedAt), to, energy }];
  });
  return hourlyEnergy(spans, now, hours);
}
