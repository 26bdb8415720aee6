import type { Database } from '../store/table/client.ts';
import { chargerRow } from './charger-row.ts';
import { type FleetSums, fleetSums, type LookedAt } from './fleet-sums.ts';
import { type Place, walkChargers } from './walk-chargers.ts';
import type { WidgetOf } from './widget-request.ts';

/** Sums over chargers from a place on; `next` is where the chargers begin that were not looked at. */
export type FleetPage = FleetSums & { readonly next?: Place };

/** Pages of 50 chargers that are read at most. */
const mostPages = 20;

/** Reads the sums of at most 1,000 chargers. */
export async function readFleet(
  database: Database,
  request: Pick<WidgetOf<'fleet'>, 'operatorId' | 'from'>,
  now: string,
): Promise<FleetPage> {
  const time = Date.parse(now);
  const looked: LookedAt[] = [];
  const next = await walkChargers(database, {
    ...request,
    mostPages,
    take: ({ name }, facts) => {
      looked.push(...facts.map((one) => ({ facts: one, row: chargerRow(name, one, time) })));
    },
  });
  return { ...fleetSums(looked, time), ...(next === undefined ? {} : { next }) };
}
