import type { Operator } from '../store/operators/operators.ts';
import type { Database } from '../store/table/client.ts';
import type { ListRequest } from '../store/table/listed.ts';
import { operatorsFrom } from './operators-from.ts';
import type { Place } from './walk-chargers.ts';

/** Rows of operators, and the place at which those begin that were not read; no `next` at the end. */
export type Gathered<Row> = { readonly rows: readonly Row[]; readonly next?: Place };

/** Rows of one operator, or of all from a place on. */
export type Gathering<Row> = {
  readonly operatorId?: string | undefined;
  readonly from?: Place | undefined;
  readonly limit: number;
  /** Reads a span of an operator's rows; `next` is null at their end. */
  readonly read: (
    operator: Operator,
    page: ListRequest,
  ) => Promise<{ readonly rows: readonly Row[]; readonly next: string | null }>;
};

/** Operators that one look reads the list of. */
const mostOperators = 100;

/** Reads rows operator by operator, up to a limit. */
export async function gatherRows<Row>(
  database: Database,
  { operatorId: only, from, limit, read }: Gathering<Row>,
): Promise<Gathered<Row>> {
  const rows: Row[] = [];
  let operators = 0;
  let after = from?.after;
  for await (const operator of operatorsFrom(database, { only, from: from?.operatorId })) {
    const { operatorId } = operator;
    if (operators === mostOperators || rows.length >= limit) return { rows, next: { operatorId } };
    operators += 1;
    const page = await read(operator, { limit: limit - rows.length, after });
    rows.push(...page.rows);
    if (page.next !== null) return { rows, next: { operatorId, after: page.next } };
    after = undefined;
  }
  return { rows };
}
