import type { LocationCharger } from '../../core/location/location-charger.ts';
import { tariffAt } from '../connection/charger-context.ts';
import {
  type ChargerFacts,
  connectorsOf,
  isOnline,
  sinceRegistration,
} from '../connection/charger-facts.ts';
import type { Charger } from '../store/chargers/chargers.ts';
import { connectionFrom } from '../store/chargers/connections.ts';
import { connectorFrom, readChargerItems } from '../store/chargers/connectors.ts';
import { listChargersOfLocation } from '../store/chargers/list-chargers-of-location.ts';
import type { Location } from '../store/locations/locations.ts';
import type { Site } from '../store/locations/read-site.ts';
import type { Database } from '../store/table/client.ts';

/** A charger with what it reported, as its location shows it to partners. */
function locationCharger(known: ChargerFacts, now: number): LocationCharger {
  const facts = sinceRegistration(known);
  const { charger, site, connection, connectors } = facts;
  const { maxPowerKw, createdAt } = charger;
  return {
    chargerId: charger.chargerId,
    chargerKey: charger.chargerKey,
    registeredAt: createdAt,
    changedAt: charger.updatedAt ?? createdAt,
    maxPowerW: maxPowerKw === undefined ? undefined : Math.floor(Number(maxPowerKw) * 1000),
    evses: charger.evses ?? [],
    online: isOnline(connection, now),
    status: connectors.find(({ evseId }) => evseId === 0)?.status,
    connectors: connectorsOf(facts).map((connector) => ({
      evseId: connector.evseId,
      connectorId: connector.connectorId,
      status: connector.status,
      statusAt: connector.statusAt,
      tariffId: tariffAt(charger, site, connector)?.tariffId,
    })),
  };
}

/** Reads what a charger reported, as its location shows it to partners. */
export async function readLocationCharger(
  database: Database,
  charger: Charger,
  site: Site,
  now: number,
): Promise<LocationCharger> {
  const { connection, connectors } = await readChargerItems(database, charger.chargerKey, true);
  return locationCharger(
    {
      charger,
      site,
      activeSessions: new Set(),
      connection: connectionFrom(connection),
      connectors: connectors.map(connectorFrom),
    },
    now,
  );
}

/** Reads the chargers of a location with what they reported; those that wait for their operator's approval are not shown. */
export async function readLocationChargers(
  database: Database,
  { operatorId, locationId }: Pick<Location, 'operatorId' | 'locationId'>,
  site: Site,
  now: number,
): Promise<readonly LocationCharger[]> {
  const chargers: LocationCharger[] = [];
  let after: string | undefined;
  do {
    const page = await listChargersOfLocation(database, operatorId, locationId, {
      limit: 50,
      after,
    });
    const shown = page.items.filter(({ approval }) => approval === undefined);
    chargers.push(
      ...(await Promise.all(
        shown.map((charger) => readLocationCharger(database, charger, site, now)),
      )),
    );
    after = page.next ?? undefined;
  } while (after !== undefined);
  return chargers;
}
