import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Contribution, type Rollup, sumRollups } from '../../../core/analytics/rollup.ts';
import type { Database } from '../table/client.ts';
import { toItem } from '../table/item.ts';
import { countedCdrKey, keyAttributes, rollupKey } from '../table/keys.ts';
import { transact } from '../table/transact.ts';

/** DynamoDB takes 100 parts; a CDR is its own mark and at most six rollups. */
const mostTogether = 14;

/** The stream repeats a record for a day, and the failure queue keeps it for 14: a mark may go when nothing can come again. */
const markSeconds = 30 * 86_400;

const mark = (
  database: Database,
  { operatorId, cdrId }: Contribution,
  nowSeconds: number,
): TransactWriteItem => ({
  Put: {
    TableName: database.state,
    Item: toItem({
      ...countedCdrKey(operatorId, cdrId),
      kind: 'COUNTED',
      removeAt: nowSeconds + markSeconds,
    }),
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

const addition = (database: Database, operatorId: string, rollup: Rollup): TransactWriteItem => {
  const { figures } = rollup;
  const amounts = Object.entries(figures).map(([name, amount]) => [`:${name}`, { N: `${amount}` }]);
  return {
    Update: {
      TableName: database.state,
      Key: keyAttributes(rollupKey(operatorId, rollup)),
      UpdateExpression: `SET kind = :kind ADD ${Object.keys(figures)
        .map((name) => `${name} :${name}`)
        .join(', ')}`,
      ExpressionAttributeValues: { ':kind': { S: 'ROLLUP' }, ...Object.fromEntries(amounts) },
    },
  };
};

async function countTogether(
  database: Database,
  operatorId: string,
  contributions: readonly Contribution[],
  nowSeconds: number,
): Promise<void> {
  let open = contributions;
  while (open.length > 0) {
    const rollups = sumRollups(open.flatMap((one) => one.rollups));
    const held = await transact(database, [
      ...open.map((one) => mark(database, one, nowSeconds)),
      ...rollups.map((rollup) => addition(database, operatorId, rollup)),
    ]);
    if (held.every(Boolean)) return;
    // Those that have their mark were counted by whoever came first.
    open = open.filter((_, index) => held[index]);
  }
}

/**
 * Counts sealed CDRs of an operator in its rollups, each once however often and together with whichever others it is given: its mark and what
 * it adds are written together or not at all.
 */
export async function countCdrs(
  database: Database,
  operatorId: string,
  contributions: readonly Contribution[],
  nowSeconds: number,
): Promise<void> {
  const byId = [...new Map(contributions.map((one) => [one.cdrId, one])).values()];
  for (let from = 0; from < byId.length; from += mostTogether) {
    const some = byId.slice(from, from + mostTogether);
    await countTogether(database, operatorId, some, nowSeconds);
  }
}
