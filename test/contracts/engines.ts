import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import type { Database } from '../../lambdas/store/table/client.ts';
import { newClient } from '../../lambdas/store/table/new-client.ts';
import type { EngineName } from '../../runner/dynamodb/engine-command.ts';

/** A DynamoDB with the two tables, and nothing in them. */
export type TestDatabase = Database & { readonly url: string; readonly stop: () => Promise<void> };

/** The engines that every contract holds on, and whether this machine can run them. */
export const engines = (['dynoxide', 'dynamodb-local'] as const).map((engine) => ({
  engine,
  runs: inject('engines')[engine] !== undefined,
}));

/** Makes empty tables of the template's keys and indexes on an engine; `stop` removes them. */
export async function openDatabase(name: EngineName): Promise<TestDatabase> {
  const url = inject('engines')[name];
  if (url === undefined) throw new Error(`The engine ${name} was not started`);
  // An engine that every test shares may be busy for longer than a function waits for DynamoDB.
  const patience = { connection: 60_000, answer: 60_000 };
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'TEST' };
  const client = newClient({ endpoint: url, region: 'eu-central-1', credentials }, patience);
  const suffix = randomUUID().slice(0, 8);
  const [state, readings] = [`state-${suffix}`, `readings-${suffix}`];
  const schemas = inject('tables');
  for (const [TableName, schema] of [
    [state, schemas.state],
    [readings, schemas.readings],
  ] as const) {
    const BillingMode = 'PAY_PER_REQUEST';
    await client.send(new CreateTableCommand({ TableName, BillingMode, ...schema }));
  }
  return {
    client,
    state,
    readings,
    url,
    stop: async () => {
      for (const TableName of [state, readings]) {
        await client.send(new DeleteTableCommand({ TableName }));
      }
      client.destroy();
    },
  };
}
