import {
  type AttributeValue,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';
import { getItems } from './get-item.ts';
import { type Item, text } from './item.ts';
import { chargerListingIndex, listingIndex } from './keys/lists.ts';
import {
  accountListingIndex,
  type ListOwner,
  locationListingIndex,
  type OwnerFilter,
} from './list-owner.ts';
import { bounds, type Entry, entryFrom, type Span } from './listing.ts';

/** Entries in order, and the place after which their list continues: null at its end. */
export type Entries<E> = { readonly entries: readonly E[]; readonly next: string | null };

/** Reads more entries of a list, about so many, from the span's start or after a key. */
export type ReadMore<E> = (
  limit: number,
  lastKey: Item | undefined,
) => Promise<{ readonly entries: readonly E[]; readonly lastKey: Item | undefined }>;

/** Queries for one page. Whatever is so rare that they do not fill it is found by going on after it. */
const mostQueries = 3;

/** Entries read at once where a page was not filled by as many as it takes: about 25 KB of keys. */
const entriesAtOnce = 100;

type Page = { readonly limit: number; readonly mostQueries?: number };

/** Reads entries until a page is full, with few queries. `sortOf` is an entry's place, `placeOfKey` that of a key. */
export async function fillPage<E>(
  { limit, mostQueries: queries = mostQueries }: Page,
  readMore: ReadMore<E>,
  sortOf: (entry: E) => string,
  placeOfKey: (key: Item) => string,
): Promise<Entries<E>> {
  const found: E[] = [];
  let lastKey: Item | undefined;
  for (let query = 0; query < queries; query += 1) {
    // One more tells whether there are more, and one is the cursor's own.
    const more = await readMore(query === 0 ? limit + 2 : entriesAtOnce, lastKey);
    found.push(...more.entries);
    lastKey = more.lastKey;
    if (found.length > limit || lastKey === undefined) break;
  }
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  if (found.length > limit && last !== undefined) return { entries, next: sortOf(last) };
  return { entries, next: lastKey === undefined ? null : placeOfKey(lastKey) };
}

/** The index of an owner's sessions or CDRs, and its partition key. */
const indexOf = {
  charger: { IndexName: chargerListingIndex, keyName: 'chargerListKey' },
  location: { IndexName: locationListingIndex, keyName: 'atLocation' },
  account: { IndexName: accountListingIndex, keyName: 'ofAccount' },
} as const;

/** Entries between the bounds of a span in a partition of an index. */
async function query(
  database: Database,
  span: Span,
  input: Pick<QueryCommandInput, 'IndexName' | 'FilterExpression' | 'Limit'> & {
    readonly keyName: string;
    readonly partition: string;
    readonly values?: Record<string, AttributeValue>;
    readonly lastKey: Item | undefined;
  },
): ReturnType<ReadMore<Entry>> {
  const { from, to } = bounds(span);
  const { keyName, partition, values, lastKey, ...rest } = input;
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: `${keyName} = :key AND listSort BETWEEN :from AND :to`,
      ExpressionAttributeValues: {
        ':key': { S: partition },
        ':from': { S: from },
        ':to': { S: to },
        ...values,
      },
      ScanIndexForward: span.order === 'ascending',
      ...(lastKey === undefined ? {} : { ExclusiveStartKey: lastKey }),
      ...rest,
    }),
  );
  return {
    entries: (output.Items ?? []).map(entryFrom).filter(({ sort }) => sort !== span.after),
    lastKey: output.LastEvaluatedKey,
  };
}

/** A thing that is listed, with its place. */
export type Placed<T> = { readonly sort: string; readonly thing: T };

/** An owner's own partitions of its index, in which nearly everything is wanted. */
export type OwnSpan = Span & {
  readonly of: ListOwner['kind'];
  readonly partitions: readonly string[];
};

/** How many queries each of several partitions may take for one page. */
const queriesEach = (partitions: readonly unknown[]): number =>
  Math.max(1, Math.floor(mostQueries / partitions.length));

/** Lists what an owner has in its own partitions and is wanted; `read` reads the things of entries. */
export async function listOwn<T>(
  database: Database,
  { of, partitions, ...span }: OwnSpan,
  read: (entries: readonly Entry[]) => Promise<readonly Placed<T>[]>,
  isWanted: (thing: T) => boolean,
): Promise<Entries<Placed<T>>> {
  const { from, to } = bounds(span);
  if (from > to || partitions.length === 0) return { entries: [], next: null };
  const pages: Entries<Placed<T>>[] = [];
  for (const partition of partitions) {
    const page = await fillPage<Placed<T>>(
      { limit: span.limit, mostQueries: queriesEach(partitions) },
      async (Limit, lastKey) => {
        const more = await query(database, span, { ...indexOf[of], partition, Limit, lastKey });
        const things = await read(more.entries);
        return { entries: things.filter(({ thing }) => isWanted(thing)), lastKey: more.lastKey };
      },
      ({ sort }) => sort,
      (key) => text(key, 'listSort'),
    );
    pages.push(page);
  }
  return mergePages(pages, span);
}

/** Lists the items that an owner has in its own partitions and that are wanted. */
export const listOwnItems = async <T>(
  database: Database,
  span: OwnSpan,
  read: (item: Item) => T,
  isWanted: (thing: T) => boolean,
): Promise<Entries<Placed<T>>> =>
  await listOwn(
    database,
    span,
    async (entries) => {
      const items = await getItems(
        database,
        entries.map(({ key }) => key),
      );
      return entries.flatMap(({ sort }, index) => {
        const item = items[index];
        return item === undefined ? [] : [{ sort, thing: read(item) }];
      });
    },
    isWanted,
  );

/**
 * Lists what an owner has in partitions of its operator. For those that are short, because nothing stays in them or little comes
 * to them: each query reads all that it can, which is 1 MB or about 4,000 entries.
 */
export async function listRareOf(
  database: Database,
  {
    partitions,
    ...span
  }: Span & {
    readonly partitions: readonly { readonly partition: string; readonly filter: OwnerFilter }[];
  },
): Promise<Entries<Entry>> {
  const { from, to } = bounds(span);
  if (from > to || partitions.length === 0) return { entries: [], next: null };
  const pages: Entries<Entry>[] = [];
  for (const { partition, filter } of partitions) {
    const page = await fillPage<Entry>(
      { limit: span.limit, mostQueries: queriesEach(partitions) },
      (_limit, lastKey) =>
        query(database, span, {
          IndexName: listingIndex,
          keyName: 'listKey',
          partition,
          lastKey,
          FilterExpression: `${filter.name} = :owner`,
          values: { ':owner': { S: filter.value } },
        }),
      ({ sort }) => sort,
      (key) => text(key, 'listSort'),
    );
    pages.push(page);
  }
  return mergePages(pages, span);
}

/**
 * Merges pages of several partitions, up to the first place behind which one of them has not been read. A thing that moved from one of
 * them to a later one while they were read is in both: it is listed once, as it was found last.
 */
export function mergePages<E extends { readonly sort: string }>(
  pages: readonly Entries<E>[],
  span: Span,
): Entries<E> {
  const before = (a: string, b: string): number =>
    (span.order === 'ascending' ? 1 : -1) * (a < b ? -1 : a > b ? 1 : 0);
  const found = new Map(
    pages.flatMap(({ entries }) => entries).map((entry) => [entry.sort, entry]),
  );
  const all = [...found.values()].sort((a, b) => before(a.sort, b.sort));
  const [stop] = pages.flatMap(({ next }) => next ?? []).sort(before);
  const known = stop === undefined ? all : all.filter(({ sort }) => before(sort, stop) <= 0);
  const entries = known.slice(0, span.limit);
  if (known.length > span.limit) return { entries, next: entries.at(-1)?.sort ?? null };
  return { entries, next: stop ?? null };
}
