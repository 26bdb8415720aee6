import { bootFrom } from '../store/chargers/boots.ts';
import type { Charger } from '../store/chargers/chargers.ts';
import { connectionFrom } from '../store/chargers/connections.ts';
import { connectorFrom, readChargerItems } from '../store/chargers/connectors.ts';
import { siteFrom } from '../store/locations/read-site.ts';
import { readRunningViews } from '../store/sessions/running-view.ts';
import { readSessions } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import { getItems } from '../store/table/get-item.ts';
import { bootKey } from '../store/table/keys/charger-keys.ts';
import { locationKey } from '../store/table/keys/location-keys.ts';
import { settingsKey } from '../store/table/keys/operator-keys.ts';
import type { ChargerFacts } from './charger-facts.ts';

/**
 * Reads what is known of chargers of one operator beyond their registration, for all of them at once. Whether the silent ones are
 * still there is not asked.
 */
export async function readFactsOf(
  database: Database,
  chargers: readonly Charger[],
): Promise<readonly ChargerFacts[]> {
  const operatorId = chargers[0]?.operatorId;
  if (operatorId === undefined) return [];
  const locationIds = [...new Set(chargers.flatMap(({ locationId }) => locationId ?? []))];
  const [items, reported] = await Promise.all([
    getItems(database, [
      ...chargers.map((charger) => bootKey(charger.chargerKey)),
      settingsKey(operatorId),
      ...locationIds.map((locationId) => locationKey(operatorId, locationId)),
    ]),
    Promise.all(chargers.map((charger) => readChargerItems(database, charger.chargerKey))),
  ]);
  const boots = items.slice(0, chargers.length);
  const [settings, ...locations] = items.slice(chargers.length);
  const siteOf = ({ locationId }: Charger) =>
    siteFrom([
      settings,
      locationId === undefined ? undefined : locations[locationIds.indexOf(locationId)],
    ]);
  const connectors = reported.map((items) => items.connectors.map(connectorFrom));
  const open = connectors.flat().flatMap((one) => one.openSessionId ?? []);
  const sessions = await readSessions(database, open);
  const activeSessions = new Set(
    sessions.flatMap(({ session }) => (session.state === 'active' ? [session.sessionId] : [])),
  );
  const running = await readRunningViews(database, [...activeSessions]);
  const heardAt = new Map(
    sessions.map(({ session: { sessionId, start, stop } }) => [
      sessionId,
      [start?.receivedAt, stop?.receivedAt, running.get(sessionId)?.updatedAt],
    ]),
  );
  return chargers.map((charger, index): ChargerFacts => {
    const boot = boots[index];
    return {
      charger,
      site: siteOf(charger),
      boot: boot === undefined ? undefined : bootFrom(boot),
      connection: connectionFrom(reported[index]?.connection),
      connectors: connectors[index] ?? [],
      activeSessions,
      running,
      heardAt: (connectors[index] ?? []).flatMap(({ openSessionId = '' }) =>
        (heardAt.get(openSessionId) ?? []).filter((time) => time !== undefined),
      ),
    };
  });
}
