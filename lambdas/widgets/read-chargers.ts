import { readFactsOf } from '../connection/read-facts-of.ts';
import { listChargers } from '../store/chargers/chargers.ts';
import type { Database } from '../store/table/client.ts';
import { type ChargerRow, chargerRow } from './charger-row.ts';
import { operatorsFrom } from './operators-from.ts';
import type { WidgetOf } from './widget-request.ts';

/** A place in the list of all operators' chargers. */
export type Place = { readonly operatorId: string; readonly after?: string | undefined };

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

/** Chargers that are read at a time. */
const atOnce = 50;

/** Pages of the list that one look at a dashboard reads at most, an operator without chargers included. */
const mostPages = 20;

const minute = 60_000;

/** Reads the chargers that a widget shows, from a place on: at most 1,000 are looked at. */
export async function readChargers(
  database: Database,
  request: WidgetOf<'chargers'>,
  now: string,
): Promise<ChargerPage> {
  const time = Date.parse(now);
  const found: ChargerRow[] = [];
  const seen: ChargerRow[] = [];
  let pages = 0;
  let after = request.from?.after;
  const operators = operatorsFrom(database, {
    only: request.operatorId,
    from: request.from?.operatorId,
  });
  for await (const { operatorId, name } of operators) {
    for (;;) {
      if (pages >= mostPages || found.length >= request.limit) {
        return { rows: found, ...countsOf(seen), next: { operatorId, after } };
      }
      pages += 1;
      const page = await listChargers(database, operatorId, { limit: atOnce, after });
      const facts = await readFactsOf(database, page.items);
      const rows = facts.map((one) => chargerRow(name, one, time));
      seen.push(...rows);
      found.push(...rows.filter((row) => isWanted(row, request, time)));
      after = page.next ?? undefined;
      if (after === undefined) break;
    }
  }
  return { rows: found, ...countsOf(seen) };
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
