import type { RunningPart } from '../runner-interfaces.ts';
import { asJsonObject, asList } from '../template/json-object.ts';
import type { EngineClient } from './engine-client.ts';
import type { Table } from './table.ts';

/** Maximum of items that one sweep reads, per table: a sweep must not be noticeable. */
const SWEEP_LIMIT = 2_000;

/**
 * Deletes expired items of a table, looking at a bounded number from where the last sweep ended.
 * Gives where the next one goes on. The removals look like a caller's in the stream: an engine cannot mark them as TTL's.
 */
export async function sweepExpiredItems(
  engine: EngineClient,
  table: Table,
  now: number,
  from?: unknown,
): Promise<unknown> {
  if (table.expiryAttribute === undefined) {
    return undefined;
  }
  const expired = {
    ExpressionAttributeNames: { '#expiry': table.expiryAttribute },
    ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1000)) } },
  };
  const page = await engine.call('Scan', {
    TableName: table.name,
    Limit: SWEEP_LIMIT,
    FilterExpression: '#expiry < :now',
    ...expired,
    ...(from === undefined ? {} : { ExclusiveStartKey: from }),
  });
  for (const item of asList(page['Items']).map(asJsonObject)) {
    await engine.call('DeleteItem', {
      TableName: table.name,
      Key: Object.fromEntries(table.keyNames.map((name) => [name, item[name]])),
    });
  }
  return page['LastEvaluatedKey'];
}

/** Ms between the beginnings of two sweeps. */
const betweenSweeps = 60_000;

/** Sweeps all tables again and again, as DynamoDB's TTL does. */
export function startSweeps(engine: EngineClient, tables: readonly Table[]): RunningPart {
  const positions = new Map<string, unknown>();
  let sweep = Promise.resolve();
  const sweepAll = async () => {
    for (const table of tables) {
      const from = positions.get(table.name);
      positions.set(table.name, await sweepExpiredItems(engine, table, Date.now(), from));
    }
  };
  const timer = setInterval(() => {
    // A sweep that fails finds its items again the next time.
    sweep = sweep.then(sweepAll).catch(() => {});
  }, betweenSweeps);
  return {
    stop: async () => {
      clearInterval(timer);
      await sweep;
    },
  };
}
