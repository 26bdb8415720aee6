import {
  DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { RunningFlow } from './start-flow.ts';

/** Changes an item of a running stack's state table from outside, as no function would: so that time seems to have passed. */
export const changeState = async (
  { service: { stack } }: RunningFlow,
  update: Omit<UpdateItemCommandInput, 'TableName'>,
): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint: stack.dynamodb,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
  });
  const [TableName] = stack.functions.flatMap(
    ({ environment }) => environment['STATE_TABLE'] ?? [],
  );
  await client.send(new UpdateItemCommand({ TableName, ...update }));
  client.destroy();
};
