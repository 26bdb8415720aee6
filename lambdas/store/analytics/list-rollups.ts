import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Figures, TenThousandths } from '../../../core/analytics/figures.ts';
import type { Grouping } from '../../../core/analytics/rollup.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { duration } from '../../../core/units/instant.ts';
import type { Database } from '../table/client.ts';
import { type Item, text, toItem } from '../table/item.ts';
import { rollupsPk } from '../table/keys.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import { bounds } from '../table/listing.ts';

/** The sums of a group in one currency. */
export type ListedRollup = {
  readonly group: string;
  readonly currency: string;
  readonly figures: Figures;
};

/** A number that may have more digits than a float. */
const whole = (item: Item, name: string): bigint => BigInt(item[name]?.N ?? '0');

function rollupFrom(item: Item): ListedRollup {
  const sk = text(item, 'sk');
  const end = sk.lastIndexOf('#');
  return {
    group: sk.slice(0, end),
    currency: sk.slice(end + 1),
    figures: {
      sessions: whole(item, 'sessions'),
      energy: milliWattHours(whole(item, 'energy')),
      occupied: duration(whole(item, 'occupied')),
      charging: duration(whole(item, 'charging')),
      idle: duration(whole(item, 'idle')),
      exclVat: whole(item, 'exclVat') as TenThousandths,
      inclVat: whole(item, 'inclVat') as TenThousandths,
    },
  };
}

/** Reads the sums of an account in a month, one for each currency. `consistent` sees every write that has been answered. */
export async function readAccountSums(
  database: Database,
  operatorId: string,
  accountId: string,
  month: string,
  consistent = false,
): Promise<readonly ListedRollup[]> {
  const { Items = [] } = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :group)',
      ExpressionAttributeValues: toItem({
        ':pk': rollupsPk(operatorId, 'account', month),
        ':group': `${accountId}#`,
      }),
      ConsistentRead: consistent,
    }),
  );
  // The id of another account may begin with this one's and a #.
  return Items.map(rollupFrom).filter(({ group }) => group === accountId);
}

/** Which rollups are asked for: of all days between two, both included, or of the groups of a month. */
export type RollupRange =
  | { readonly by: 'day'; readonly from?: string | undefined; readonly to?: string | undefined }
  | { readonly by: Exclude<Grouping, 'day'>; readonly month: string };

/** Lists rollups in the order of their groups, by one query for each page. */
export async function listRollups(
  database: Database,
  operatorId: string,
  range: RollupRange,
  { limit, after }: ListRequest,
): Promise<Listed<ListedRollup>> {
  const isDays = range.by === 'day';
  const { from, to } = bounds({
    order: 'ascending',
    limit,
    after,
    from: isDays ? range.from : undefined,
    // The currency follows the day.
    to: isDays && range.to !== undefined ? `${range.to}#\uffff` : undefined,
  });
  if (from > to) return { items: [], next: null };
  const { Items = [] } = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': rollupsPk(operatorId, range.by, isDays ? '' : range.month),
        ':from': from,
        ':to': to,
      }),
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
