import { normalizeChargerId } from '../../../core/charger/charger-key.ts';
import { type Charger, listChargers } from '../../store/chargers/chargers.ts';
import { listChargersOfLocation } from '../../store/chargers/list-chargers-of-location.ts';
import type { Listed, ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { chargerView } from './charger-view.ts';
import { readChargerFacts } from './read-charger-facts.ts';

/** Which chargers of an operator are asked for. */
type Wanted = {
  readonly locationId?: string | undefined;
  readonly online?: 'true' | 'false' | undefined;
  /** The word of a status, which one of their connectors has. */
  readonly status?: string | undefined;
};

type View = ReturnType<typeof chargerView>;

/** Chargers that are looked at for one page where few are wanted: after that it ends early, and its cursor goes on. */
const mostLooked = 500;
const atOnce = 100;

const list = async (
  { database, operatorId }: Caller,
  { locationId }: Wanted,
  request: ListRequest,
): Promise<Listed<Charger>> =>
  locationId === undefined
    ? await listChargers(database, operatorId, request)
    : await listChargersOfLocation(database, operatorId, locationId, request);

const isWanted =
  ({ online, status }: Wanted) =>
  (view: View): boolean =>
    (online === undefined || String(view.online) === online) &&
    (status === undefined || view.connectors.some((one) => one.status === status));

/** Reads a span of chargers as they are now. */
async function readSpan(
  caller: Caller,
  wanted: Wanted,
  request: ListRequest,
): Promise<Listed<View>> {
  const { items, next } = await list(caller, wanted, request);
  const facts = await readChargerFacts(caller, items);
  return { items: facts.map((one) => chargerView(one, Date.parse(caller.now))), next };
}

/** The first of chargers; the list goes on after the last of them. */
function upTo(limit: number, found: readonly View[]): Listed<View> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last === undefined ? null : normalizeChargerId(last.chargerId) };
}

/**
 * Lists chargers by id. Whether one is online, and in which status its connectors are, is known of a charger when it is looked at: a
 * page of those looks at 500 at most.
 */
export async function listMatching(
  caller: Caller,
  { query, page }: { readonly query: Wanted; readonly page: ListRequest },
): Promise<Listed<View>> {
  if (query.online === undefined && query.status === undefined) {
    return await readSpan(caller, query, page);
  }
  const found: View[] = [];
  let { after } = page;
  for (let looked = 0; looked < mostLooked && found.length < page.limit; looked += atOnce) {
    const { items, next } = await readSpan(caller, query, { limit: atOnce, after });
    found.push(...items.filter(isWanted(query)));
    if (found.length > page.limit) return upTo(page.limit, found);
    if (next === null) return { items: found, next };
    after = next;
  }
  return { items: found, next: after ?? null };
}
