import { utilisation } from '../../../core/analytics/utilisation.ts';
import { duration } from '../../../core/units/instant.ts';
import { readGroupSums } from '../../store/analytics/list-rollups.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { listChargersOfLocation } from '../../store/chargers/list-chargers-of-location.ts';
import type { Caller } from '../api-route.ts';
import { connectorTime, registeredConnectors } from './connector-time.ts';
import { rollupView } from './rollup-view.ts';

const pageSize = 100;

async function chargersOf({ database, operatorId }: Caller, locationId: string) {
  const chargers: Charger[] = [];
  let after: string | undefined;
  do {
    const page = { limit: pageSize, after };
    const { items, next } = await listChargersOfLocation(database, operatorId, locationId, page);
    chargers.push(...items);
    after = next ?? undefined;
  } while (after !== undefined);
  return chargers;
}

/** Shows what a location came to in a month, and how far the connectors of its chargers were used. */
export async function locationMonth(caller: Caller, locationId: string, month: string) {
  const { database, operatorId, now } = caller;
  const [sums, chargers] = await Promise.all([
    readGroupSums(database, operatorId, { by: 'location', group: locationId, month }),
    chargersOf(caller, locationId),
  ]);
  const occupied = sums.reduce((sum, { figures }) => sum + figures.occupied, 0n);
  const possible = chargers.reduce((sum, one) => sum + connectorTime(one, month, now), 0n);
  return {
    locationId,
    month,
    chargers: chargers.length,
    connectors: chargers.reduce((sum, one) => sum + registeredConnectors(one), 0),
    utilisationPercent: utilisation(duration(occupied), duration(possible)) ?? null,
    sums: sums.map(rollupView),
  };
}
