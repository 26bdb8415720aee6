import type { Database } from './client.ts';
import { getItems } from './get-item.ts';
import type { Item } from './item.ts';
import { type Entry, type Listing, list } from './listing.ts';
import { listOwnItems, listRareOf, type OwnSpan } from './owner-listing.ts';

/** Which span of a list is asked for. */
export type ListRequest = {
  /** 1 to 100. */
  readonly limit: number;
  /** Place after which to continue: the `next` of the previous span. */
  readonly after?: string | undefined;
};

/** A span of a list, and the place after which the list continues: null at its end. */
export type Listed<T> = { readonly items: readonly T[]; readonly next: string | null };

async function thingsOf<T>(
  database: Database,
  entries: readonly Entry[],
  read: (item: Item) => T,
): Promise<readonly T[]> {
  const items = await getItems(
    database,
    entries.map(({ key }) => key),
  );
  return items.flatMap((item) => (item === undefined ? [] : [read(item)]));
}

/** Lists things: entries from the index, then the items themselves, of those entries that are wanted. */
export async function listThings<T>(
  database: Database,
  listing: Listing,
  read: (item: Item) => T,
  isWanted: (entry: Entry) => boolean = () => true,
): Promise<Listed<T>> {
  const { entries, more } = await list(database, listing);
  const last = entries.at(-1);
  return {
    items: await thingsOf(database, entries.filter(isWanted), read),
    next: more && last !== undefined ? last.sort : null,
  };
}

/** Lists what an owner has in its own partitions and is wanted. */
export async function listWantedOf<T>(
  database: Database,
  listing: OwnSpan,
  read: (item: Item) => T,
  isWanted: (thing: T) => boolean,
): Promise<Listed<T>> {
  const { entries, next } = await listOwnItems(database, listing, read, isWanted);
  return { items: entries.map(({ thing }) => thing), next };
}

/** Lists what an owner has in short partitions of its operator. */
export async function listRareThingsOf<T>(
  database: Database,
  listing: Parameters<typeof listRareOf>[1],
  read: (item: Item) => T,
): Promise<Listed<T>> {
  const { entries, next } = await listRareOf(database, listing);
  return { items: await thingsOf(database, entries, read), next };
}
