import type { Database } from './client.ts';
import { getItems } from './get-item.ts';
import type { Item } from './item.ts';
import { type Listing, list } from './listing.ts';

/** Which span of a list is asked for. */
export type ListRequest = {
  /** 1 to 100. */
  readonly limit: number;
  /** Place after which to go on: the `next` of the span before. */
  readonly after?: string | undefined;
};

/** A span of a list, and the place after which the list goes on: null at its end. */
export type Listed<T> = { readonly items: readonly T[]; readonly next: string | null };

/** Lists things: entries from the index, then the items themselves. */
export async function listThings<T>(
  database: Database,
  listing: Listing,
  read: (item: Item) => T,
): Promise<Listed<T>> {
  const page = await list(database, listing);
  const items = await getItems(
    database,
    page.entries.map((entry) => entry.key),
  );
  const last = page.entries.at(-1);
  return {
    items: items.flatMap((item) => (item === undefined ? [] : [read(item)])),
    next: page.more && last !== undefined ? last.sort : null,
  };
}

/** Most spans of a filtered list that are read for one answer; a rarer match is found by going on after it. */
const maxStretches = 10;

/** Things found so far, the place up to which the list was searched, and whether it goes on there. */
type Search<T> = {
  readonly found: readonly T[];
  readonly after: string | undefined;
  readonly more: boolean;
};

async function searchOn<T>(
  database: Database,
  listing: Listing,
  search: Search<T>,
  read: (item: Item) => T | undefined,
): Promise<Search<T>> {
  const page = await list(database, { ...listing, limit: 100, after: search.after });
  const items = await getItems(
    database,
    page.entries.map((entry) => entry.key),
  );
  const things = items.map((item) => (item === undefined ? undefined : read(item)));
  const found = [...search.found];
  for (const [index, thing] of things.entries()) {
    if (thing === undefined) continue;
    found.push(thing);
    if (found.length === listing.limit) {
      const more = page.more || index < things.length - 1;
      return { found, after: page.entries[index]?.sort, more };
    }
  }
  return { found, after: page.entries.at(-1)?.sort ?? search.after, more: page.more };
}

/** Lists only what is wanted; may answer with fewer than `limit` items while the list still goes on. */
export async function listWanted<T>(
  database: Database,
  listing: Listing,
  read: (item: Item) => T,
  wanted: (thing: T) => boolean,
): Promise<Listed<T>> {
  const readWanted = (item: Item): T | undefined => {
    const thing = read(item);
    return wanted(thing) ? thing : undefined;
  };
  let search: Search<T> = { found: [], after: listing.after, more: true };
  for (let span = 0; span < maxStretches; span += 1) {
    search = await searchOn(database, listing, search, readWanted);
    if (!search.more || search.found.length === listing.limit) break;
  }
  const { found, after, more } = search;
  return { items: found, next: more && after !== undefined ? after : null };
}
