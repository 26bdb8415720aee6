import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import type { Item } from '../table/item.ts';
import { type Key, keyAttributes } from '../table/keys/key.ts';
import { transact } from '../table/transact.ts';

/** A transaction takes 100 items and 4 MB. */
const most = { items: 100, bytes: 3_000_000 } as const;

/** An item with its revision, or the end of one, if it is still what it was when it was read. */
export const ifAsRead = (revision: number | undefined) =>
  revision === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#revision = :asRead',
        ExpressionAttributeNames: { '#revision': 'revision' },
        ExpressionAttributeValues: { ':asRead': { N: String(revision) } },
      };

/** Writes an item in a transaction. */
export const putPart = (
  { state }: Database,
  Item: Item,
  condition: Partial<ReturnType<typeof ifAsRead>> = {},
): TransactWriteItem => ({ Put: { TableName: state, Item, ...condition } });

/** Deletes an item in a transaction. */
export const deletePart = (
  { state }: Database,
  key: Key,
  condition: Partial<ReturnType<typeof ifAsRead>> = {},
): TransactWriteItem => ({ Delete: { TableName: state, Key: keyAttributes(key), ...condition } });

const bytesOf = ({ Put }: TransactWriteItem): number =>
  1_000 + (Put?.Item?.['object']?.B?.byteLength ?? 0);

function transactionsOf(parts: readonly TransactWriteItem[]): readonly TransactWriteItem[][] {
  const transactions: TransactWriteItem[][] = [];
  let bytes = 0;
  for (const part of parts) {
    const open = transactions.at(-1);
    bytes += bytesOf(part);
    if (open === undefined || open.length === most.items || bytes > most.bytes) {
      transactions.push([part]);
      bytes = bytesOf(part);
    } else {
      open.push(part);
    }
  }
  return transactions;
}

/**
 * Writes parts in their order: in one transaction as far as they fit, else in several. Where one is refused, those after it are
 * not written, and `changed` says that somebody else was there first: whoever repeats it from the start completes it.
 */
export async function writeParts(
  database: Database,
  parts: readonly TransactWriteItem[],
): Promise<'written' | 'changed'> {
  for (const transaction of transactionsOf(parts)) {
    const held = await transact(database, transaction);
    if (!held.every(Boolean)) return 'changed';
  }
  return 'written';
}
