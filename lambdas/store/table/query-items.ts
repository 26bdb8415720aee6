import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';
import type { Item } from './item.ts';

/** Queries that are made at most for one answer, 1 MB each. */
const mostQueries = 50;

/**
 * Reads the items of a query, at most so many where `most` is given, though each query ends at 1 MB: in one request where they fit
 * in there. Of more than 50 MB the rest is left out.
 */
export async function queryItems(
  database: Database,
  input: Omit<QueryCommandInput, 'Limit' | 'ExclusiveStartKey'>,
  most?: number,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  for (let n = 0; n < mostQueries; n += 1) {
    const output = await database.client.send(
      new QueryCommand({
        ...input,
        ...(most === undefined ? {} : { Limit: most - items.length }),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(output.Items ?? []));
    start = output.LastEvaluatedKey;
    if (start === undefined || items.length === most) break;
  }
  return items;
}
