import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';
import { text } from './item.ts';
import { chargerListingIndex } from './keys.ts';
import { bounds, type Entry, entryFrom, type Span } from './listing.ts';

/** A listing of the sessions or CDRs of one charger. */
export type ChargerListing = Span & {
  /** The `chargerListKey`. */
  readonly partition: string;
  /** Starts of the `listKey`s that are wanted: an entry is of interest where one of them fits. */
  readonly wanted: readonly string[];
};

/** Entries of a charger's list, and the place after which the list continues: null at its end. */
export type ChargerPage = { readonly entries: readonly Entry[]; readonly next: string | null };

/** Queries for one page. Whatever is so rare that they do not fill it is found by going on after it. */
const mostQueries = 3;

type Found = {
  readonly entries: readonly Entry[];
  readonly lastKey: Record<string, AttributeValue> | undefined;
};

async function query(
  database: Database,
  listing: ChargerListing,
  lastKey: Found['lastKey'],
): Promise<Found> {
  const { from, to } = bounds(listing);
  const { partition, order, limit, wanted } = listing;
  const starts = Object.fromEntries(wanted.map((start, n) => [`:start${n}`, { S: start }]));
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      IndexName: chargerListingIndex,
      KeyConditionExpression: 'chargerListKey = :key AND listSort BETWEEN :from AND :to',
      FilterExpression: Object.keys(starts)
        .map((name) => `begins_with(listKey, ${name})`)
        .join(' OR '),
      ExpressionAttributeValues: {
        ':key': { S: partition },
        ':from': { S: from },
        ':to': { S: to },
        ...starts,
      },
      ScanIndexForward: order === 'ascending',
      // Nearly all entries are wanted in most lists, so the first query reads a page, and the others all that they can:
      // 1 MB, about 4,000 entries. One more shows whether there are more, and one is the cursor's own.
      ...(lastKey === undefined ? { Limit: limit + 2 } : { ExclusiveStartKey: lastKey }),
    }),
  );
  return {
    entries: (output.Items ?? []).map(entryFrom).filter(({ sort }) => sort !== listing.after),
    lastKey: output.LastEvaluatedKey,
  };
}

/** Lists entries of a charger in order, from one partition, however large the fleet is. */
export async function listOfCharger(
  database: Database,
  listing: ChargerListing,
): Promise<ChargerPage> {
  const { from, to } = bounds(listing);
  if (from > to || listing.wanted.length === 0) return { entries: [], next: null };
  const found: Entry[] = [];
  let lastKey: Found['lastKey'];
  for (let queries = 0; queries < mostQueries; queries += 1) {
    const more = await query(database, listing, lastKey);
    found.push(...more.entries);
    lastKey = more.lastKey;
    if (found.length > listing.limit || lastKey === undefined) break;
  }
  const entries = found.slice(0, listing.limit);
  if (found.length > listing.limit) return { entries, next: entries.at(-1)?.sort ?? null };
  return { entries, next: lastKey === undefined ? null : text(lastKey, 'listSort') };
}
