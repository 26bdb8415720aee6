import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Grouping } from '../../../core/analytics/rollup.ts';
import type { Database } from '../table/client.ts';
import { type Item, text, toItem } from '../table/item.ts';
import { rollupsPk } from '../table/keys/rollup-keys.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import { bounds } from '../table/listing.ts';
import { type DayRange, listSpans } from './list-spans.ts';
import type { ListedRollup } from './listed-rollup.ts';
import { figuresFrom } from './sum-place.ts';

function rollupFrom(item: Item): ListedRollup {
  const sk = text(item, 'sk');
  const end = sk.lastIndexOf('#');
  return { group: sk.slice(0, end), currency: sk.slice(end + 1), figures: figuresFrom(item) };
}

/** Reads the sums of an account or a location in a month, one for each currency. `consistent` sees every write that has been answered. */
export async function readGroupSums(
  database: Database,
  operatorId: string,
  {
    by,
    group,
    month,
  }: { readonly by: 'account' | 'location'; readonly group: string; readonly month: string },
  consistent = false,
): Promise<readonly ListedRollup[]> {
  const { Items = [] } = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :group)',
      ExpressionAttributeValues: toItem({
        ':pk': rollupsPk(operatorId, by, month),
        ':group': `${group}#`,
      }),
      ConsistentRead: consistent,
    }),
  );
  // The id of another may begin with this one's and a #.
  return Items.map(rollupFrom).filter((one) => one.group === group);
}

/** Which rollups are asked for: of all days, or months, between two, both included, or of the groups of a month. */
export type RollupRange =
  | DayRange
  | { readonly by: Exclude<Grouping, 'day'>; readonly month: string };

/** Lists rollups in the order of their groups, by one query for each page; days and months by a second or third where days without a session lie between. */
export async function listRollups(
  database: Database,
  operatorId: string,
  range: RollupRange,
  request: ListRequest,
): Promise<Listed<ListedRollup>> {
  return 'month' in range
    ? await listGroups(database, rollupsPk(operatorId, range.by, range.month), request)
    : await listSpans(database, operatorId, range, request);
}

async function listGroups(
  database: Database,
  pk: string,
  { limit, after }: ListRequest,
): Promise<Listed<ListedRollup>> {
  const { from, to } = bounds({ order: 'ascending', limit, after });
  const { Items = [] } = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':from': from, ':to': to }),
      // One more for whether the list goes on, and one because BETWEEN includes the place of the cursor.
      Limit: limit + 2,
    }),
  );
  const found = Items.filter((item) => text(item, 'sk') !== after);
  const last = found.at(limit - 1);
  return {
    items: found.slice(0, limit).map(rollupFrom),
    next: found.length > limit && last !== undefined ? text(last, 'sk') : null,
  };
}
