import type { Database } from '../store/table/client.ts';
import { type ChargerRow, chargerRow } from './charger-row.ts';
import { readLastDay } from './read-last-day.ts';
import { type Place, walkChargers } from './walk-chargers.ts';
import type { WidgetOf } from './widget-request.ts';

/** The chargers of a widget, and the counts of all that were looked at for it. */
export type ChargerPage = {
  readonly rows: readonly ChargerRow[];
  readonly looked: number;
  readonly online: number;
  /** Connectors by their state. */
  readonly states: ReadonlyMap<string, number>;
  /** Where the next page begins; undefined at the end. */
  readonly next?: Place;
};

/** Pages of the list that one look at a dashboard reads at most, an operator without chargers included. */
const mostPages = 20;

const minute = 60_000;

/** Reads the chargers that a widget shows, from a place on, with the energy of their last day: at most 1,000 are looked at. */
export async function readChargers(
  database: Database,
  request: WidgetOf<'chargers'>,
  now: string,
): Promise<ChargerPage> {
  const time = Date.parse(now);
  const found: ChargerRow[] = [];
  const seen: ChargerRow[] = [];
  const next = await walkChargers(database, {
    ...request,
    mostPages,
    isEnough: () => found.length >= request.limit,
    take: async (operator, facts) => {
      const rows = facts.map((one) => ({ facts: one, row: chargerRow(operator.name, one, time) }));
      const wanted = rows.filter(({ row }) => isWanted(row, request, time));
      const shown = wanted.map(async ({ facts: of, row }) => ({
        ...row,
        lastDay: await readLastDay(database, operator, of, time),
      }));
      seen.push(...rows.map(({ row }) => row));
      found.push(...(await Promise.all(shown)));
    },
  });
  return { rows: found, ...countsOf(seen), ...(next === undefined ? {} : { next }) };
}

/** Whether a charger is shown: all are where nothing is asked for. */
export function isWanted(
  { isOnline, since, connectors }: ChargerRow,
  { offlineMinutes, faulted }: Pick<WidgetOf<'chargers'>, 'offlineMinutes' | 'faulted'>,
  now: number,
): boolean {
  if (offlineMinutes === undefined && !faulted) return true;
  const isOfflineFor =
    offlineMinutes !== undefined &&
    !isOnline &&
    now - (since === undefined ? 0 : Date.parse(since)) >= offlineMinutes * minute;
  return isOfflineFor || (faulted && connectors.some((one) => one.isFaulted));
}

function countsOf(rows: readonly ChargerRow[]): Omit<ChargerPage, 'rows' | 'next'> {
  const states = new Map<string, number>();
  for (const { status = 'unknown' } of rows.flatMap(({ connectors }) => connectors)) {
    states.set(status, (states.get(status) ?? 0) + 1);
  }
  return { looked: rows.length, online: rows.filter((row) => row.isOnline).length, states };
}
