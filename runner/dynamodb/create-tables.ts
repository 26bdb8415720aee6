import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, asList, type JsonObject } from '../template/json-object.ts';
import { type EngineClient, EngineError } from './engine-client.ts';
import type { Table } from './table.ts';

/** Creates the tables the engine does not have yet; refuses with `TABLE_DIFFERS` what another template made. */
export async function createTables(engine: EngineClient, tables: readonly Table[]): Promise<void> {
  for (const table of tables) {
    const existing = await describe(engine, table.name);
    if (existing === undefined) {
      await engine.call('CreateTable', table.definition);
    } else if (shape(existing) !== shape(table.definition)) {
      throw new StartRefusal(
        'TABLE_DIFFERS',
        `The table ${table.name} in the data directory does not have the keys, indexes or stream of the template; remove the directory or choose another one.`,
      );
    }
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
