import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../../lambdas/store/table/client.ts';
import { toItem } from '../../lambdas/store/table/item.ts';
import { lists } from '../../lambdas/store/table/keys/lists.ts';

/** How many entries of `haveLargeEntries` a query reads at most. */
export const largeEntriesOfQuery = 270;

/**
 * Puts entries of active sessions of another charger into the first list of an operator, each a minute after the one before.
 * Their keys are nearly as long as they may be, so that few make up the 1 MB that a query reads at most.
 */
export async function haveLargeEntries(
  database: Database,
  {
    operatorId,
    from,
    count,
  }: { readonly operatorId: string; readonly from: string; readonly count: number },
): Promise<void> {
  const filling = 'x'.repeat(990);
  const items = Array.from({ length: count }, (_, n) =>
    toItem({
      pk: `LARGE#${n}#${filling}${filling}`,
      sk: filling,
      listKey: lists.sessions(operatorId, 'active', 0),
      listSort: `${new Date(Date.parse(from) + n * 60_000).toISOString()}#${filling}`,
      chargerKey: `${operatorId}#cp-other`,
    }),
  );
  for (let first = 0; first < items.length; first += 25) {
    const requests = items.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } }));
    await database.client.send(
      new BatchWriteItemCommand({ RequestItems: { [database.state]: requests } }),
    );
  }
}
