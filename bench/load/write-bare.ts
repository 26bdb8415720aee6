import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { BareWrites, Wrote } from './load-order.ts';

/** Bytes of a reading as the stack stores it. */
const messageBytes = 150;

/**
 * Writes items of a reading's size with the SDK as it comes, straight to the engine: as many at a time as a function has
 * workers, since each of those writes one at a time. Gives how many were written and the CPU-ms of this process.
 */
export async function writeBare({ engine, table, atOnce, seconds }: BareWrites): Promise<Wrote> {
  const client = new DynamoDBClient({
    endpoint: engine,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'BENCH', secretAccessKey: 'bench' },
  });
  const before = process.cpuUsage();
  const until = performance.now() + seconds * 1000;
  let count = 0;
  const write = async (): Promise<void> => {
    while (performance.now() < until) {
      count += 1;
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            pk: { S: `BARE#${count % 100}` },
            sk: { S: `${new Date().toISOString()}#bare#${count}` },
            kind: { S: 'bare' },
            expiresAt: { N: '4102444800' },
            message: { B: new Uint8Array(messageBytes).fill(count) },
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, write));
  const { user, system } = process.cpuUsage(before);
  client.destroy();
  return { kind: 'wrote', count, cpuMilliseconds: (user + system) / 1000 };
}
