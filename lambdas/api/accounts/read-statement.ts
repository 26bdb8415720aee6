import {
  type BilledCdr,
  isOfMonth,
  type Statement,
  statementOf,
} from '../../../core/account/statement.ts';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { listCdrs } from '../../store/cdrs/cdrs.ts';
import { readOperator, shardsOf } from '../../store/operators/operators.ts';
import type { Caller } from '../api-route.ts';

/** CDRs that a statement holds: with more its answer would exceed what a function may send, 6 MB. */
const mostCdrs = 5_000;

/** No zone is further from UTC, ms. */
const furthestZone = 14 * 3_600_000;

const isBilled = (cdr: Cdr): cdr is Cdr & BilledCdr => cdr.state !== 'held' && cdr.total !== null;

/** The times in UTC between which sessions may end that count for a month somewhere. */
function spanOf(month: string): { readonly from: string; readonly to: string } {
  const start = Date.parse(`${month}-01T00:00:00Z`);
  const next = new Date(start);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return {
    from: new Date(start - furthestZone).toISOString(),
    to: new Date(next.getTime() + furthestZone).toISOString(),
  };
}

/** Reads the statement of an account for a month; `too-large` where it has more CDRs than a statement holds. */
export async function readStatement(
  { database, operatorId }: Caller,
  accountId: string,
  month: string,
): Promise<Statement | 'too-large'> {
  const operator = await readOperator(database, operatorId);
  const shards = operator === undefined ? [] : shardsOf(operator);
  const owner = { kind: 'account', accountId } as const;
  const cdrs: BilledCdr[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await listCdrs(database, operatorId, {
      states: ['sealed', 'credited'],
      shards,
      owner,
      ...spanOf(month),
      limit: 100,
      after,
    });
    cdrs.push(...items.filter(isBilled).filter((cdr) => isOfMonth(cdr, month)));
    if (cdrs.length > mostCdrs) return 'too-large';
    after = next ?? undefined;
  } while (after !== undefined);
  return statementOf(month, cdrs);
}
