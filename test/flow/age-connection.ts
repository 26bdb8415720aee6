import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { RunningFlow } from './start-flow.ts';

/** Makes all that was kept of a charger's connection twenty minutes older, past all policies. */
export const ageConnection = async (
  { service: { stack } }: RunningFlow,
  operatorId: string,
  chargerId: string,
): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint: stack.dynamodb,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
  });
  const [table] = stack.functions.flatMap(({ environment }) => environment['STATE_TABLE'] ?? []);
  await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: {
        pk: { S: `CHARGER#${operatorId}#${chargerId.toLowerCase()}` },
        sk: { S: 'CONNECTION' },
      },
      UpdateExpression: 'SET connectedAt = :at REMOVE lastSeenAt',
      ExpressionAttributeValues: {
        ':at': { S: new Date(Date.now() - 20 * 60_000).toISOString() },
      },
      ConditionExpression: 'attribute_exists(connectionId)',
    }),
  );
  client.destroy();
};
