import { PutItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { deleteItem } from '../table/delete-item.ts';
import { getItem } from '../table/get-item.ts';
import { number, optionalNumber, text, toItem } from '../table/item.ts';
import { keptAnswerKey } from '../table/keys/api-key-keys.ts';

/** How long the answer to a request is kept for its repetition, in seconds. */
const keptFor = 24 * 3600;

const secondsOf = (now: string): number => Math.floor(Date.parse(now) / 1000);

/** Keeps an answer under a name of an API key's, as part of a transaction; one that is kept already is not replaced for 24 hours. */
export const keptAnswerPut = (
  database: Database,
  apiKeyId: string,
  name: string,
  answer: string,
  now: string,
): TransactWriteItem => ({
  Put: {
    TableName: database.state,
    Item: toItem({
      ...keptAnswerKey(apiKeyId, name),
      kind: 'ANSWER',
      answer,
      removeAt: secondsOf(now) + keptFor,
    }),
    // The database may take days to remove what has expired.
    ConditionExpression: 'attribute_not_exists(pk) OR removeAt <= :now',
    ExpressionAttributeValues: { ':now': { N: String(secondsOf(now)) } },
  },
});

/** How long a request holds its claim, seconds: longer than a function may run, after which nobody does what it was for. */
const claimedFor = 60;

const answerItem = (apiKeyId: string, name: string, answer: string, now: string) => ({
  ...keptAnswerKey(apiKeyId, name),
  kind: 'ANSWER',
  answer,
  removeAt: secondsOf(now) + keptFor,
});

/** Claims a name of an API key's for a request that is done next; false where another one has it, or its answer is kept. */
export async function claimAnswer(
  database: Database,
  apiKeyId: string,
  name: string,
  claim: string,
  now: string,
): Promise<boolean> {
  const item = {
    ...answerItem(apiKeyId, name, claim, now),
    claimedUntil: secondsOf(now) + claimedFor,
  };
  const put = new PutItemCommand({
    TableName: database.state,
    Item: toItem(item),
    ConditionExpression: 'attribute_not_exists(pk) OR removeAt <= :now OR claimedUntil <= :now',
    ExpressionAttributeValues: { ':now': { N: String(secondsOf(now)) } },
  });
  return (await conditional(database.client.send(put))).kind === 'written';
}

/** Replaces a claim by the answer to its request. */
export async function settleAnswer(
  database: Database,
  apiKeyId: string,
  name: string,
  answer: string,
  now: string,
): Promise<void> {
  const Item = toItem(answerItem(apiKeyId, name, answer, now));
  await database.client.send(new PutItemCommand({ TableName: database.state, Item }));
}

/** Gives a claim back whose request was not done. */
export async function releaseAnswer(
  database: Database,
  apiKeyId: string,
  name: string,
): Promise<void> {
  await deleteItem(database, keptAnswerKey(apiKeyId, name));
}

/** Reads the answer that is kept under a name of an API key's, or the claim of a request that runs. `now` is ISO 8601 in UTC. */
export async function readKeptAnswer(
  database: Database,
  apiKeyId: string,
  name: string,
  now: string,
): Promise<string | undefined> {
  const item = await getItem(database, keptAnswerKey(apiKeyId, name), true);
  if (item === undefined || number(item, 'removeAt') <= secondsOf(now)) return undefined;
  const isForgotten = (optionalNumber(item, 'claimedUntil') ?? Infinity) <= secondsOf(now);
  return isForgotten ? undefined : text(item, 'answer');
}
