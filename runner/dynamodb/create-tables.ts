import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, asList, type JsonObject } from '../template/json-object.ts';
import { type EngineClient, EngineError } from './engine-client.ts';
import { type MadeTables, openMadeTables } from './made-tables.ts';
import type { Table } from './table.ts';

const noTables: MadeTables = openMadeTables(undefined);

/**
 * Creates the tables the engine does not have yet. Refuses with `TABLE_DIFFERS` what another template made, with
 * `DATABASE_EMPTIED` a database that has lost a table that was made in it.
 */
export async function createTables(
  engine: EngineClient,
  tables: readonly Table[],
  made: MadeTables = noTables,
): Promise<void> {
  for (const table of tables) {
    const existing = await describe(engine, table.name);
    if (existing === undefined && made.has(table.name)) {
      throw new StartRefusal(
        'DATABASE_EMPTIED',
        `The database in the data directory has lost the table ${table.name} with all that was in it; restore it, or remove the data directory to begin again without its data.`,
      );
    }
    if (existing === undefined) {
      await engine.call('CreateTable', table.definition);
    } else if (shape(existing) !== shape(table.definition)) {
      throw new StartRefusal(
        'TABLE_DIFFERS',
        `The table ${table.name} in the data directory does not have the keys, indexes or stream of the template; remove the directory or choose another one.`,
      );
    }
    made.add(table.name);
  }
}

async function describe(engine: EngineClient, name: string): Promise<JsonObject | undefined> {
  try {
    return asJsonObject((await engine.call('DescribeTable', { TableName: name }))['Table']);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'ResourceNotFoundException') {
      return undefined;
    }
    throw error;
  }
}

function shape(table: JsonObject): string {
  const indexes = asList(table['GlobalSecondaryIndexes'])
    .map(asJsonObject)
    .map((index) => `${index['IndexName']}(${keys(index)})`);
  const view = asJsonObject(table['StreamSpecification'])['StreamViewType'] ?? 'none';
  return [keys(table), ...indexes.sort(), view].join(' ');
}

function keys(holder: JsonObject): string {
  return asList(holder['KeySchema'])
    .map(asJsonObject)
    .map((key) => `${key['KeyType']}=${key['AttributeName']}`)
    .sort()
    .join();
}
