import { definitionOf } from '../../core/monitoring/monitoring-settings.ts';
import { shortDecimal } from '../../core/units/decimal.ts';
import { uptimeWindow } from '../../core/uptime/uptime-window.ts';
import { readUptimeOf } from '../connection/read-uptime-of.ts';
import { readMonitoringSettings } from '../store/monitoring/monitoring-settings.ts';
import type { Database } from '../store/table/client.ts';
import { type Place, walkChargers } from './walk-chargers.ts';
import type { WidgetOf } from './widget-request.ts';

/** The uptime of a connector by a definition. */
export type UptimeRow = {
  readonly operatorName: string;
  readonly chargerId: string;
  readonly connector: string;
  /** Percent with 3 decimals, rounded down; null where nothing is known of the window. */
  readonly percent: string | null;
  readonly isReached: boolean | null;
  /** Minutes of outage and the part of them that is excluded, decimal text. */
  readonly outage: string;
  readonly excluded: string;
};

/** The uptime of connectors, the lowest first; `next` is where the chargers begin that were not looked at. */
export type UptimePage = {
  readonly rows: readonly UptimeRow[];
  readonly reached: number;
  readonly measured: number;
  readonly next?: Place;
};

/** Pages of 50 chargers that are read at most: a charger takes about six reads. */
const mostPages = 2;

const minutes = (length: bigint): string => shortDecimal(length / 6000n, 1);

/** Reads the uptime of at most 100 chargers by a definition, in its window that ends with the current month. */
export async function readUptime(
  database: Database,
  request: WidgetOf<'uptime'>,
  now: string,
): Promise<UptimePage> {
  const rows: UptimeRow[] = [];
  const next = await walkChargers(database, {
    ...request,
    mostPages,
    take: async ({ operatorId, name }, facts) => {
      const settings = await readMonitoringSettings(database, operatorId);
      const definition = definitionOf(request.definition, settings);
      const window = uptimeWindow(definition, now.slice(0, 7));
      const uptimes = await Promise.all(
        facts.map(async (one) => {
          const { connectors } = await readUptimeOf(database, one, definition, window, now);
          const { chargerId } = one.charger;
          return connectors.map(({ place: { evseId, connectorId }, uptime }) => ({
            operatorName: name,
            chargerId,
            connector: evseId === connectorId ? String(evseId) : `${evseId}.${connectorId}`,
            percent: uptime.percent,
            isReached: uptime.isReached,
            outage: minutes(uptime.outage),
            excluded: minutes(uptime.excluded),
          }));
        }),
      );
      rows.push(...uptimes.flat());
    },
  });
  const measured = rows.filter(({ percent }) => percent !== null);
  return {
    rows: measured.sort((a, b) => Number(a.percent) - Number(b.percent)).slice(0, request.limit),
    reached: measured.filter(({ isReached }) => isReached === true).length,
    measured: measured.length,
    ...(next === undefined ? {} : { next }),
  };
}
