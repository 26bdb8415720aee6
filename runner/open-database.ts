import { join } from 'node:path';
import { createTables } from './dynamodb/create-tables.ts';
import { createEngineClient } from './dynamodb/engine-client.ts';
import type { EngineOptions } from './dynamodb/engine-options.ts';
import { openMadeTables } from './dynamodb/made-tables.ts';
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
  options: EngineOptions = {},
): Promise<Database> {
  const engine = parts.inside(await startEngine(engineName, dataDirectory, options));
  const client = createEngineClient(engine.url);
  parts.inside({ stop: async () => client.close() });
  const tables = tablesOf(deployment);
  const listed = engine.kind === 'url' ? undefined : join(dataDirectory, `${engine.kind}.tables`);
  await createTables(client, tables, openMadeTables(listed));
  parts.inside(startSweeps(client, tables));
  return { engine, tables };
}
