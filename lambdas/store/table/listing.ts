import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';
import { text } from './item.ts';
import { type Key, listingIndex } from './keys.ts';

/** An entry of a list: its place in the list and the key of the item it stands for. */
type Entry = { readonly sort: string; readonly key: Key };

/** A listing: the partitions that make up the list, and the requested range. */
export type Listing = {
  /** All `listKey`s of the list; their entries are merged by `listSort`. */
  readonly partitions: readonly string[];
  readonly order: 'ascending' | 'descending';
  readonly limit: number;
  /** Place after which to go on. */
  readonly after?: string | undefined;
  /** Lowest and highest place, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** A span of a list; `more` tells whether the list goes on after it. */
export type Page = { readonly entries: readonly Entry[]; readonly more: boolean };

const lowest = ' ';
const highest = '\uffff';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const laterOf = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);
const earlierOf = (a: string, b: string | undefined): string => (b !== undefined && b < a ? b : a);

function bounds(listing: Listing): { readonly from: string; readonly to: string } {
  const from = listing.from ?? lowest;
  const to = listing.to ?? highest;
  return listing.order === 'ascending'
    ? { from: laterOf(from, listing.after), to }
    : { from, to: earlierOf(to, listing.after) };
}

async function span(
  database: Database,
  listing: Listing,
  partition: string,
): Promise<readonly Entry[]> {
  const { from, to } = bounds(listing);
  if (from > to) return [];
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      IndexName: listingIndex,
      KeyConditionExpression: 'listKey = :key AND listSort BETWEEN :from AND :to',
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
  return (output.Items ?? [])
    .map((item) => ({
      sort: text(item, 'listSort'),
      key: { pk: text(item, 'pk'), sk: text(item, 'sk') },
    }))
    .filter((entry) => entry.sort !== listing.after);
}

/** The same thing twice: it moved from one partition to another while both were read. */
const isRepeated = (entry: Entry, before: Entry | undefined): boolean =>
  before !== undefined && entry.key.pk === before.key.pk && entry.key.sk === before.key.sk;

/** Lists entries over all partitions of a list, merged in order. Places are unique within a list. */
export async function list(database: Database, listing: Listing): Promise<Page> {
  const spans = await Promise.all(
    listing.partitions.map((partition) => span(database, listing, partition)),
  );
  const direction = listing.order === 'ascending' ? 1 : -1;
  const merged = spans
    .flat()
    .sort((a, b) => direction * compareText(a.sort, b.sort))
    .filter((entry, index, sorted) => !isRepeated(entry, sorted[index - 1]));
  return { entries: merged.slice(0, listing.limit), more: merged.length > listing.limit };
}
