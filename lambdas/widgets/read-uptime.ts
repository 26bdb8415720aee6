import { definitionOf } from '../../core/monitoring/monitoring-settings.ts';
import { shortDecimal } from '../../core/units/decimal.ts';
import type { Uptime } from '../../core/uptime/measure-uptime.ts';
import type { UptimeDefinitionName } from '../../core/uptime/uptime-definition.ts';
import { uptimeWindow } from '../../core/uptime/uptime-window.ts';
import type { ChargerFacts } from '../connection/charger-facts.ts';
import { readUptimeOf } from '../connection/read-uptime-of.ts';
import { readMonitoringSettings } from '../store/monitoring/monitoring-settings.ts';
import type { Database } from '../store/table/client.ts';
import { type Place, walkChargers } from './walk-chargers.ts';
import type { WidgetOf } from './widget-request.ts';

/** The uptime of a connector by one definition. */
export type UptimeCell = {
  /** Percent with 3 decimals, rounded down; null where nothing is known of the window. */
  readonly percent: string | null;
  readonly isReached: boolean | null;
  /** Minutes of outage and the part of them that is excluded, decimal text. */
  readonly outage: string;
  readonly excluded: string;
};

/** The uptime of a connector by the definitions of the page, in their order. */
export type UptimeRow = {
  readonly operatorName: string;
  readonly chargerId: string;
  readonly connector: string;
  readonly cells: readonly UptimeCell[];
};

/** The uptime of connectors, the lowest first, and how many others were measured; `next` is where the chargers begin that were not looked at. */
export type UptimePage = {
  readonly definitions: readonly UptimeDefinitionName[];
  readonly rows: readonly UptimeRow[];
  readonly left: number;
  /** Connectors that reported nothing in any of the windows. */
  readonly silent: number;
  /** Connectors that reach the threshold, and those that were measured, by each definition. */
  readonly reached: readonly number[];
  readonly measured: readonly number[];
  readonly next?: Place;
};

/** Pages of up to 50 chargers that are read at most, and chargers after which none is: one takes about six reads for each definition. */
const mostPages = 20;
const mostChargers = 100;

/** Chargers whose uptime is read at the same time. */
const atOnce = 10;

/** The operator's own terms first. */
const shownOrder = ['contract', 'nevi', 'uk'] as const satisfies readonly UptimeDefinitionName[];

const minutes = (length: bigint): string => shortDecimal(length / 6000n, 1);

/** Reads the uptime of about 100 chargers by one definition or by all, in their windows that end with the current month. */
export async function readUptime(
  database: Database,
  request: WidgetOf<'uptime'>,
  now: string,
): Promise<UptimePage> {
  const definitions = request.definition === undefined ? shownOrder : [request.definition];
  const rows: UptimeRow[] = [];
  let looked = 0;
  const next = await walkChargers(database, {
    ...request,
    mostPages,
    isEnough: () => looked >= mostChargers,
    take: async ({ operatorId, name: operatorName }, facts) => {
      looked += facts.length;
      const settings = await readMonitoringSettings(database, operatorId);
      const known = definitions.map((one) => definitionOf(one, settings));
      const rowsOf = async (one: ChargerFacts): Promise<readonly UptimeRow[]> => {
        const [first, ...others] = await Promise.all(
          known.map((definition) => {
            const window = uptimeWindow(definition, now.slice(0, 7));
            return readUptimeOf(database, one, definition, window, now);
          }),
        );
        const { chargerId } = one.charger;
        // The connectors of a charger are the same, whatever the definition.
        return (first?.connectors ?? []).map(({ place: { evseId, connectorId }, uptime }, n) => ({
          operatorName,
          chargerId,
          connector: evseId === connectorId ? String(evseId) : `${evseId}.${connectorId}`,
          cells: [uptime, ...others.flatMap(({ connectors }) => connectors[n]?.uptime ?? [])].map(
            cellOf,
          ),
        }));
      };
      // All of a page at once are some 900 reads for 50 connections, of which the last would wait for longer than the client does.
      for (let n = 0; n < facts.length; n += atOnce) {
        rows.push(...(await Promise.all(facts.slice(n, n + atOnce).map(rowsOf))).flat());
      }
    },
  });
  const known = rows.filter(({ cells }) => cells.some(({ percent }) => percent !== null));
  const shown = known.toSorted((a, b) => lowest(a) - lowest(b)).slice(0, request.limit);
  const count = (isOne: (cell: UptimeCell) => boolean) =>
    definitions.map((_, n) => rows.filter(({ cells }) => cells.slice(n, n + 1).some(isOne)).length);
  return {
    definitions,
    rows: shown,
    left: known.length - shown.length,
    silent: rows.length - known.length,
    reached: count(({ isReached }) => isReached === true),
    measured: count(({ percent }) => percent !== null),
    ...(next === undefined ? {} : { next }),
  };
}

const cellOf = ({ percent, isReached, outage, excluded }: Uptime): UptimeCell => ({
  percent,
  isReached,
  outage: minutes(outage),
  excluded: minutes(excluded),
});

/** The lowest uptime of a connector, whichever definition it is by. */
const lowest = ({ cells }: UptimeRow): number =>
  Math.min(...cells.flatMap(({ percent }) => (percent === null ? [] : [Number(percent)])));
