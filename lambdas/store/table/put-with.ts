import { type Put, PutItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';
import { conditional } from './condition.ts';
import { transact } from './transact.ts';

/** Puts an item, in one transaction with `more` where there is more; false where the condition of any does not hold. */
export async function putWith(
  database: Database,
  put: Omit<Put, 'TableName'>,
  more: readonly TransactWriteItem[],
): Promise<boolean> {
  const Put: Put = { ...put, TableName: database.state };
  if (more.length > 0) return (await transact(database, [{ Put }, ...more])).every(Boolean);
  return (await conditional(database.client.send(new PutItemCommand(Put)))).kind === 'written';
}
