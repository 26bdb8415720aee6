import { bootFrom } from '../../store/chargers/boots.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { connectionFrom } from '../../store/chargers/connections.ts';
import { connectorFrom, readChargerItems } from '../../store/chargers/connectors.ts';
import { locationFrom } from '../../store/locations/locations.ts';
import { readRunningViews } from '../../store/sessions/running-view.ts';
import { readSessions } from '../../store/sessions/sessions.ts';
import type { Database } from '../../store/table/client.ts';
import { getItems } from '../../store/table/get-item.ts';
import { bootKey, locationKey } from '../../store/table/keys.ts';
import type { ChargerFacts } from './charger-view.ts';

/** Reads what is known of chargers beyond their registration, for all of them at once. */
export async function readChargerFacts(
  database: Database,
  chargers: readonly Charger[],
): Promise<readonly ChargerFacts[]> {
  const locationKeys = chargers.flatMap(({ operatorId, locationId }) =>
    locationId === undefined ? [] : [locationKey(operatorId, locationId)],
  );
  const [items, reported] = await Promise.all([
    getItems(database, [
      ...chargers.map((charger) => bootKey(charger.chargerKey)),
      ...locationKeys,
    ]),
    Promise.all(chargers.map((charger) => readChargerItems(database, charger.chargerKey))),
  ]);
  const boots = items.slice(0, chargers.length);
  const locations = new Map(
    items.slice(chargers.length).flatMap((item) => {
      const location = item && locationFrom(item);
      return location === undefined ? [] : [[location.locationId, location]];
    }),
  );
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
  return chargers.map((charger, index) => {
    const boot = boots[index];
    return {
      charger,
      location: locations.get(charger.locationId ?? ''),
      boot: boot === undefined ? undefined : bootFrom(boot),
      connection: connectionFrom(reported[index]?.connection),
      connectors: connectors[index] ?? [],
      activeSessions,
      heardAt: (connectors[index] ?? []).flatMap(({ openSessionId = '' }) =>
        (heardAt.get(openSessionId) ?? []).filter((time) => time !== undefined),
      ),
    };
  });
}
