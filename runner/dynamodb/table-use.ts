import { asJsonObject, asList, type JsonObject } from '../template/json-object.ts';
import type { ItemWrite } from './item-writes.ts';
import {
  type AnsweredRequest,
  isBilledFailure,
  timesOfIndexWrites,
  unitsOf,
} from './request-usages.ts';
import { requiredPermissions } from './required-permissions.ts';

/** One count that DynamoDB has a metric for, of a request to a table, without its indexes, or to one of these. */
export type TableUse = {
  readonly table: string;
  readonly index?: string;
  readonly metric:
    | 'ConsumedReadCapacityUnits'
    | 'ConsumedWriteCapacityUnits'
    | 'ReadThrottleEvents'
    | 'WriteThrottleEvents';
  readonly amount: number;
};

/** A request that is refused, with the items that it would write, none for a read. */
type RefusedRequest = {
  readonly operation: string;
  readonly input: JsonObject;
  readonly writes: readonly ItemWrite[];
};

/** The units that a request took of each table and index, by what the engine said; a condition that failed took one per item, two in a transaction. */
export function consumedUse({
  operation,
  writes,
  status,
  output,
  engine,
}: AnsweredRequest): readonly TableUse[] {
  const metric = writes.length === 0 ? 'ConsumedReadCapacityUnits' : 'ConsumedWriteCapacityUnits';
  const isTransaction = operation === 'TransactWriteItems';
  if (status !== 200) {
    const amount = isTransaction ? 2 : 1;
    return isBilledFailure(output) ? writes.map(({ table }) => ({ table, metric, amount })) : [];
  }
  const timesOfIndexes = timesOfIndexWrites(operation, engine);
  return asList(output['ConsumedCapacity'])
    .map(asJsonObject)
    .flatMap((capacity) => {
      const table = String(capacity['TableName']);
      const indexes = Object.entries(asJsonObject(capacity['GlobalSecondaryIndexes']));
      const uses: readonly TableUse[] = [
        { table, metric, amount: unitsOf(capacity['Table']) },
        ...indexes.map(([index, one]) => {
          const amount = unitsOf(one) * timesOfIndexes;
          return { table, index, metric, amount } satisfies TableUse;
        }),
      ];
      return uses.filter(({ amount }) => amount > 0);
    });
}

/** The events of a request that its table, or the index that it reads, refused: one for each item that it writes, and one for each table that it reads. */
export function throttledUse({ operation, input, writes }: RefusedRequest): readonly TableUse[] {
  if (writes.length > 0) {
    return writes.map(({ table }) => ({ table, metric: 'WriteThrottleEvents', amount: 1 }));
  }
  return requiredPermissions(operation, input).map(({ table, index }) => ({
    table,
    metric: 'ReadThrottleEvents',
    amount: 1,
    ...(index !== undefined && { index }),
  }));
}

/** DynamoDB's refusal of a request to a table that takes what comes, which for now is too much; the items of a transaction have one each. */
export function throttledAnswer({
  operation,
  input,
}: Pick<RefusedRequest, 'operation' | 'input'>): {
  readonly status: number;
  readonly output: JsonObject;
} {
  const message =
    'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.';
  if (!operation.startsWith('Transact')) {
    return { status: 400, output: { __type: 'ThrottlingException', message } };
  }
  const CancellationReasons = asList(input['TransactItems']).map(() => ({
    Code: 'ThrottlingError',
    Message: message,
  }));
  return {
    status: 400,
    output: {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${CancellationReasons.map(({ Code }) => Code).join(', ')}]`,
      CancellationReasons,
    },
  };
}
