import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';
import { type Item, text } from './item.ts';
import type { Key } from './keys/key.ts';
import { chargerListingIndex, listingIndex } from './keys/lists.ts';

/** An entry of a list: its place in the list and the key of its item. */
export type Entry = { readonly sort: string; readonly key: Key };

/** The requested range of a list. */
export type Span = {
  readonly order: 'ascending' | 'descending';
  readonly limit: number;
  /** Place after which to continue. */
  readonly after?: string | undefined;
  /** Lowest and highest place, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** A listing: the partitions that make up the list, and the requested range. */
export type Listing = Span & {
  /**
   * All `listKey`s of the list; their entries are merged by `listSort`. A thing that moves from one partition to another
   * while they are read is not lost if it moves from an earlier step to a later one.
   */
  readonly steps: readonly (readonly string[])[];
  /** Given where the partitions are those of the index of each charger's sessions. */
  readonly of?: 'charger';
};

/** A span of a list; `more` is true if the list continues after it. */
export type Page = { readonly entries: readonly Entry[]; readonly more: boolean };

const lowest = ' ';
const highest = '\uffff';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const laterOf = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);
const earlierOf = (a: string, b: string | undefined): string => (b !== undefined && b < a ? b : a);

/** The lowest and the highest place that a span may have an entry at, both included; empty if `from` is after `to`. */
export function bounds(listing: Span): { readonly from: string; readonly to: string } {
  const from = listing.from ?? lowest;
  const to = listing.to ?? highest;
  return listing.order === 'ascending'
    ? { from: laterOf(from, listing.after), to }
    : { from, to: earlierOf(to, listing.after) };
}

/** Reads an entry of an index. */
export const entryFrom = (item: Item): Entry => ({
  sort: text(item, 'listSort'),
  key: { pk: text(item, 'pk'), sk: text(item, 'sk') },
});

async function entriesOf(
  database: Database,
  listing: Span & Pick<Listing, 'of'>,
  partition: string,
): Promise<readonly Entry[]> {
  const { from, to } = bounds(listing);
  if (from > to) return [];
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      IndexName: listing.of === undefined ? listingIndex : chargerListingIndex,
      KeyConditionExpression: `${listing.of === undefined ? 'listKey' : 'chargerListKey'} = :key AND listSort BETWEEN :from AND :to`,
      ExpressionAttributeValues: {
        ':key': { S: partition },
        ':from': { S: from },
        ':to': { S: to },
      },
      ScanIndexForward: listing.order === 'ascending',
      // One more for `more`, and one because BETWEEN includes the entry of the cursor itself.
      Limit: listing.limit + 2,
    }),
  );
  return (output.Items ?? []).map(entryFrom).filter((entry) => entry.sort !== listing.after);
}

/** The same thing twice: it moved from one partition to another while both were read. */
const isRepeated = (entry: Entry, before: Entry | undefined): boolean =>
  before !== undefined && entry.key.pk === before.key.pk && entry.key.sk === before.key.sk;

/** Lists entries over all partitions of a list, merged in order. Places are unique within a list. */
export async function list(database: Database, listing: Listing): Promise<Page> {
  const found: Entry[] = [];
  for (const partitions of listing.steps) {
    const spans = await Promise.all(
      partitions.map((partition) => entriesOf(database, listing, partition)),
    );
    found.push(...spans.flat());
  }
  const direction = listing.order === 'ascending' ? 1 : -1;
  const merged = found
    .sort((a, b) => direction * compareText(a.sort, b.sort))
    .filter((entry, index, sorted) => !isRepeated(entry, sorted[index - 1]));
  return { entries: merged.slice(0, listing.limit), more: merged.length > listing.limit };
}
