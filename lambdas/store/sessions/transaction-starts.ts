import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { TransactionStart } from '../../../core/session/transaction-part.ts';
import type { Database } from '../table/client.ts';
import { type Item, number, text, toItem } from '../table/item.ts';
import {
  sessionKey,
  transactionStartKey,
  transactionStartPrefix,
} from '../table/keys/session-keys.ts';
import { queryItems } from '../table/query-items.ts';

const startFrom = (item: Item): TransactionStart => ({
  at: text(item, 'sk').slice(transactionStartPrefix.length),
  sessionId: text(item, 'sessionId'),
  evseId: number(item, 'evseId'),
  ...(item['isContinued']?.BOOL === true && { isContinued: true }),
});

/** Keeps a start under a transaction id that has several; `of` is the session that has the id alone. */
export const keepTransactionStart = async (
  database: Database,
  of: string,
  start: TransactionStart,
): Promise<void> => await put(database, of, start);

/** Keeps that a session began before a start that was taken for its first: nothing begins with that one. */
export const keepAsGoingOn = async (
  database: Database,
  of: string,
  start: TransactionStart,
): Promise<void> => await put(database, of, start, { goesOn: true });

async function put(
  database: Database,
  of: string,
  { at, ...start }: TransactionStart,
  also: { readonly goesOn?: true } = {},
): Promise<void> {
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({ ...transactionStartKey(of, at), kind: 'PART', ...start, ...also }),
    }),
  );
}

type Side = { readonly from: string; readonly to: string; readonly isForward: boolean };

async function readSide(
  database: Database,
  of: string,
  { from, to, isForward }: Side,
  most: number,
): Promise<readonly TransactionStart[]> {
  const items = await queryItems(
    database,
    {
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      FilterExpression: 'attribute_not_exists(goesOn)',
      ExpressionAttributeValues: toItem({ ':pk': sessionKey(of).pk, ':from': from, ':to': to }),
      ScanIndexForward: isForward,
      ConsistentRead: true,
    },
    most,
  );
  return items.map(startFrom);
}

const keyAt = (at: string): string => `${transactionStartPrefix}${at}`;

const upTo = (at: string): Side => ({
  from: transactionStartPrefix,
  to: keyAt(at),
  isForward: false,
});

/** Reads a start that was kept, with the two on each side of it, in the order of time. */
export async function readStartsAround(
  database: Database,
  of: string,
  at: string,
): Promise<readonly TransactionStart[]> {
  const [before, after] = await Promise.all([
    readSide(database, of, upTo(at), 3),
    readSide(database, of, { from: keyAt(at), to: keyAt('~'), isForward: true }, 3),
  ]);
  return [...before.toReversed(), ...after.filter((start) => start.at !== at)];
}

/** Reads the start whose session something is about that the charger said at a time: the last one until then, or the first one of all. */
export async function readStartAt(
  database: Database,
  of: string,
  at: string,
): Promise<TransactionStart | undefined> {
  const [last] = await readSide(database, of, upTo(at), 1);
  if (last !== undefined) return last;
  const ofAll = { from: transactionStartPrefix, to: keyAt('~'), isForward: true };
  return (await readSide(database, of, ofAll, 1))[0];
}
