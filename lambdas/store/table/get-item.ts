import { BatchGetItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';
import type { Item } from './item.ts';
import { type Key, keyAttributes } from './keys/key.ts';

/** Reads one item of the state table. `consistent` sees every write that has been answered. */
export async function getItem(
  database: Database,
  key: Key,
  consistent = false,
): Promise<Item | undefined> {
  const output = await database.client.send(
    new GetItemCommand({
      TableName: database.state,
      Key: keyAttributes(key),
      ConsistentRead: consistent,
    }),
  );
  return output.Item;
}

const keyText = (pk: string | undefined, sk: string | undefined): string => `${pk}\n${sk}`;

async function batchOf(
  database: Database,
  keys: readonly Key[],
  consistent: boolean,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let open: readonly Item[] = keys.map(keyAttributes);
  while (open.length > 0) {
    const output = await database.client.send(
      new BatchGetItemCommand({
        RequestItems: { [database.state]: { Keys: [...open], ConsistentRead: consistent } },
      }),
    );
    items.push(...(output.Responses?.[database.state] ?? []));
    open = output.UnprocessedKeys?.[database.state]?.Keys ?? [];
  }
  return items;
}

/**
 * Reads up to any number of items in as few requests as possible; the answer has the order of the keys, absent ones undefined.
 * `consistent` sees every write that has been answered.
 */
export async function getItems(
  database: Database,
  keys: readonly Key[],
  consistent = false,
): Promise<readonly (Item | undefined)[]> {
  const unique = [...new Map(keys.map((key) => [keyText(key.pk, key.sk), key])).values()];
  const found = new Map<string, Item>();
  for (let from = 0; from < unique.length; from += 100) {
    for (const item of await batchOf(database, unique.slice(from, from + 100), consistent)) {
      found.set(keyText(item['pk']?.S, item['sk']?.S), item);
    }
  }
  return keys.map((key) => found.get(keyText(key.pk, key.sk)));
}
