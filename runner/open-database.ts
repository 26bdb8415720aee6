import { createTables } from './dynamodb/create-tables.ts';
import { createEngineClient } from './dynamodb/engine-client.ts';
import { type Engine, startEngine } from './dynamodb/start-engine.ts';
import { startSweeps } from './dynamodb/sweep-expired-items.ts';
import { type Table, tablesOf } from './dynamodb/table.ts';
import type { Deployment } from './runner-interfaces.ts';
import type { StackParts } from './stack-parts.ts';

/** The engine with the tables of the template in it. */
export type Database = { readonly engine: Engine; readonly tables: readonly Table[] };

/** Starts the engine, makes the tables it lacks, and lets expired items go. */
export async function openDatabase(
  engineName: string,
  deployment: Deployment,
  dataDirectory: string,
  parts: StackParts,
): Promise<Database> {
  const engine = parts.inside(await startEngine(engineName, dataDirectory));
  const client = createEngineClient(engine.url);
  parts.inside({ stop: async () => client.close() });
  const tables = tablesOf(deployment);
  await createTables(client, tables);
  parts.inside(startSweeps(client, tables));
  return { engine, tables };
}
