import type { Cdr } from '../../core/cdr/model/cdr.ts';
import { listCdrs } from '../store/cdrs/cdrs.ts';
import { shardsOf } from '../store/operators/operators.ts';
import type { Database } from '../store/table/client.ts';
import { operatorsFrom } from './operators-from.ts';
import type { WidgetOf } from './widget-request.ts';

/** A held CDR and its operator. */
export type HeldRow = {
  readonly operatorId: string;
  readonly operatorName: string;
  readonly cdr: Cdr;
};

/** Held CDRs; `more` is true if there may be others. */
export type HeldPage = { readonly rows: readonly HeldRow[]; readonly more: boolean };

/** Operators that one look reads the list of. */
const mostOperators = 100;

/** Reads held CDRs, operator by operator, the latest end of a session first. */
export async function readHeld(
  database: Database,
  { operatorId, limit }: Pick<WidgetOf<'held'>, 'operatorId' | 'limit'>,
): Promise<HeldPage> {
  const rows: HeldRow[] = [];
  let operators = 0;
  for await (const operator of operatorsFrom(database, { only: operatorId })) {
    if (operators === mostOperators || rows.length >= limit) return { rows, more: true };
    operators += 1;
    const { items, next } = await listCdrs(database, operator.operatorId, {
      states: ['held'],
      shards: shardsOf(operator),
      limit: limit - rows.length,
    });
    const { operatorId: id, name: operatorName } = operator;
    rows.push(...items.map((cdr) => ({ operatorId: id, operatorName, cdr })));
    if (next !== null) return { rows, more: true };
  }
  return { rows, more: false };
}
