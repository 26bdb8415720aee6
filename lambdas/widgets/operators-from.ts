import { listOperators } from '../store/operators/list-operators.ts';
import { type Operator, readOperator } from '../store/operators/operators.ts';
import type { Database } from '../store/table/client.ts';

/** Which operators are asked for: one, or all from one on. */
export type OperatorRange = {
  readonly only?: string | undefined;
  readonly from?: string | undefined;
};

/** Reads operators one by one in the order of their ids. */
export async function* operatorsFrom(
  database: Database,
  { only, from }: OperatorRange,
): AsyncGenerator<Operator> {
  for await (const operatorId of idsFrom(database, { only, from })) {
    const operator = await readOperator(database, operatorId);
    if (operator !== undefined) yield operator;
  }
}

async function* idsFrom(database: Database, { only, from }: OperatorRange): AsyncGenerator<string> {
  const first = only ?? from;
  if (first !== undefined) yield first;
  if (only !== undefined) return;
  let after = from;
  for (;;) {
    const { operatorIds, more } = await listOperators(database, after);
    yield* operatorIds;
    after = operatorIds.at(-1);
    if (!more || after === undefined) return;
  }
}
