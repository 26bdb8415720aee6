import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { newReaderItem } from '../../lambdas/store/events/audience.ts';
import type { BenchStack } from './bench-stack.ts';

const longAgo = '2026-01-01T00:00:00.000Z';

/** Makes the operator of the bench one that has not read any events for a long time, as most have not. */
export async function stopReadingEvents({ database, operatorId }: BenchStack): Promise<void> {
  const Item = newReaderItem(operatorId, longAgo);
  await database.client.send(new PutItemCommand({ TableName: database.state, Item }));
}
