import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { number, text, toItem } from '../table/item.ts';
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

/** Reads the answer that is kept under a name of an API key's. `now` is ISO 8601 in UTC. */
export async function readKeptAnswer(
  database: Database,
  apiKeyId: string,
  name: string,
  now: string,
): Promise<string | undefined> {
  const item = await getItem(database, keptAnswerKey(apiKeyId, name), true);
  return item === undefined || number(item, 'removeAt') <= secondsOf(now)
    ? undefined
    : text(item, 'answer');
}
