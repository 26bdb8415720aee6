import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Database } from '../../lambdas/store/table/client.ts';
import { type EngineName, hasJava } from '../../runner/dynamodb/engine-command.ts';
import { startEngine } from '../../runner/dynamodb/start-engine.ts';

/** A DynamoDB with the two tables, and nothing in them. */
export type TestDatabase = Database & { readonly url: string; readonly stop: () => Promise<void> };

/** The engines that every contract holds on, and whether this machine can run them. */
export const engines: readonly { readonly engine: EngineName; readonly runs: boolean }[] = [
  { engine: 'dynoxide', runs: true },
  { engine: 'dynamodb-local', runs: hasJava() },
];

const keys = [
  { AttributeName: 'pk', KeyType: 'HASH' },
  { AttributeName: 'sk', KeyType: 'RANGE' },
] as const;

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' }) as const;

async function createTables(client: DynamoDBClient): Promise<{ state: string; readings: string }> {
  const suffix = randomUUID().slice(0, 8);
  const [state, readings] = [`state-${suffix}`, `readings-${suffix}`];
  await client.send(
    new CreateTableCommand({
      TableName: state,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [...keys],
      AttributeDefinitions: [text('pk'), text('sk'), text('listKey'), text('listSort')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'listing',
          KeySchema: [
            { AttributeName: 'listKey', KeyType: 'HASH' },
            { AttributeName: 'listSort', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: readings,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [...keys],
      AttributeDefinitions: [text('pk'), text('sk')],
    }),
  );
  return { state, readings };
}

/** Starts an engine with empty tables; `stop` ends it and removes its data. */
export async function openDatabase(name: EngineName): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'joulegate-test-'));
  const engine = await startEngine(name, folder);
  const client = new DynamoDBClient({
    endpoint: engine.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
  });
  const tables = await createTables(client);
  return {
    client,
    ...tables,
    url: engine.url,
    stop: async () => {
      client.destroy();
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
