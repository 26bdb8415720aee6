import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';
import { conditional } from './condition.ts';
import type { Item } from './item.ts';
import { type Key, keyAttributes } from './keys/key.ts';
import { type Change, updateOf } from './update.ts';

/** When an item is changed, ISO 8601 in UTC, and the version that it must still have, if any. */
export type Changing = { readonly updatedAt: string; readonly version?: number | undefined };

/**
 * Changes attributes of an item that counts its versions, each on its own, so that changes made at the same time to different ones
 * all hold; gives the item as it is then. With `version`, only if nobody has changed it since that version was read.
 */
export async function changeVersioned(
  database: Database,
  key: Key,
  { set, remove }: Pick<Change, 'set' | 'remove'>,
  { updatedAt, version }: Changing,
): Promise<Item | 'absent' | 'changed'> {
  const change = updateOf({
    set: { ...set, updatedAt },
    ...(remove && { remove }),
    names: ['version'],
    values: { one: 1, ...(version === undefined ? {} : { asRead: version }) },
  });
  const asRead = version === undefined ? '' : ' AND #version = :asRead';
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(key),
        ...change,
        UpdateExpression: `${change.UpdateExpression} ADD #version :one`,
        ConditionExpression: `attribute_exists(pk)${asRead}`,
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  if (update.kind === 'written') return update.output.Attributes ?? {};
  return update.item === undefined ? 'absent' : 'changed';
}
