import { sharedByRecord } from '../../../lambdas/events/shared-things.ts';
import { type Publishing, takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { Item } from '../../../lambdas/store/table/item.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import { scan } from '../plant.ts';

const nameOf = (item: Item): string => `${item['pk']?.S} ${item['sk']?.S}`;

const clientsIn = async (database: TestDatabase): Promise<readonly Item[]> =>
  (await scan(database, database.state)).filter(({ kind }) => kind?.S === 'HUBCLIENT');

/** Changes what a hub says about its parties, and does what the stream of state does about it. */
export async function changeClients(
  database: TestDatabase,
  publishing: Publishing,
  act: () => Promise<unknown>,
): Promise<void> {
  const before = new Map((await clientsIn(database)).map((item) => [nameOf(item), item]));
  await act();
  for (const item of await clientsIn(database)) {
    const old = before.get(nameOf(item));
    if (old?.['revision']?.N === item['revision']?.N) continue;
    const dynamodb = { NewImage: item as never, ...(old && { OldImage: old as never }) };
    for (const { operatorId, thing } of sharedByRecord({ eventName: 'MODIFY', dynamodb })) {
      await takeMessage(publishing, { kind: 'look', operatorId, thing });
    }
  }
}
