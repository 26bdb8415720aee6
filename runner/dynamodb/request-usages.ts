import type { Usage } from '../runner-interfaces.ts';
import { asJsonObject, asList, type JsonObject } from '../template/json-object.ts';
import type { EngineName } from './engine-command.ts';
import type { ItemWrite } from './item-writes.ts';

/** A request that the engine has answered. */
export type AnsweredRequest = {
  readonly operation: string;
  readonly writes: readonly ItemWrite[];
  readonly status: number;
  readonly output: JsonObject;
  readonly engine: EngineName | 'url';
};

/**
 * The usage AWS would bill for a request: one request and its capacity units, writes split by partition key.
 * A condition that fails is billed like the write; engines report nothing for it, so it counts one unit per item
 * (two in a transaction), which is right for items up to 1 KB. DynamoDB Local forgets the half unit of an item that a
 * BatchGetItem does not find; dynoxide counts it as AWS does.
 */
export function requestUsages(request: AnsweredRequest): readonly Usage[] {
  const { operation, writes } = request;
  const usage = { service: 'dynamodb', operation };
  const consumed = consumedUnits(request);
  if (writes.length === 0) {
    return [{ ...usage, units: { request: 1, read: consumed.table + consumed.index } }];
  }
  const share = consumed.table / writes.length;
  const perItem = writes.map(({ key }, index) => ({
    ...usage,
    units: index === 0 ? { request: 1, write: share } : { write: share },
    key,
  }));
  return [...perItem, ...indexUsages(usage, writes, consumed.index)];
}

function indexUsages(
  usage: Pick<Usage, 'service' | 'operation'>,
  writes: readonly ItemWrite[],
  units: number,
): readonly Usage[] {
  if (units === 0) {
    return [];
  }
  const keys = writes.flatMap(({ indexKeys }) => Object.values(indexKeys));
  return keys.length === 0
    ? [{ ...usage, units: { write: units } }]
    : keys.map((key) => ({ ...usage, units: { write: units / keys.length }, key }));
}

function consumedUnits(request: AnsweredRequest): {
  readonly table: number;
  readonly index: number;
} {
  const { operation, writes, status, output, engine } = request;
  if (status !== 200) {
    const perItem = operation === 'TransactWriteItems' ? 2 : 1;
    return { table: isBilledFailure(output) ? writes.length * perItem : 0, index: 0 };
  }
  let table = 0;
  let index = 0;
  for (const capacity of asList(output['ConsumedCapacity']).map(asJsonObject)) {
    const ofTable = unitsOf(capacity['Table']);
    table += ofTable;
    index += unitsOf(capacity) - ofTable;
  }
  return { table, index: index * timesOfIndexWrites(operation, engine) };
}

/** How many times the units that an engine says of an index are billed: Amazon's own doubles those of a transaction, dynoxide those of the table alone. */
export const timesOfIndexWrites = (operation: string, engine: AnsweredRequest['engine']): 1 | 2 =>
  operation === 'TransactWriteItems' && engine === 'dynoxide' ? 2 : 1;

/** The units in what an engine says of a table or an index; 0 if it says none. */
export function unitsOf(capacity: unknown): number {
  return Number(asJsonObject(capacity)['CapacityUnits'] ?? 0);
}

/** Whether a request was refused for a condition, which is billed. */
export function isBilledFailure(output: JsonObject): boolean {
  return /ConditionalCheckFailed|TransactionCanceled/.test(String(output['__type']));
}
