import { type RoamingBill, roamingBill } from '../../../core/account/roaming-bill.ts';
import {
  type BilledCdr,
  isOfMonth,
  type Statement,
  statementOf,
} from '../../../core/account/statement.ts';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { settledLines } from '../../../core/ocpi/settle/settled-lines.ts';
import type { Issuer } from '../../../core/receipt/issuer.ts';
import { listCdrs } from '../../store/cdrs/cdrs.ts';
import { readIssuer } from '../../store/operators/issuer.ts';
import { readOperator, shardsOf } from '../../store/operators/operators.ts';
import { type HeldCdr, listHeldCdrs } from '../../store/received/received-cdrs.ts';
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

/** The statement of an account with the verdicts on the CDRs of roaming partners, by our ids of these, and who sells. */
export type ReadStatement = {
  readonly statement: Statement;
  readonly held: ReadonlyMap<string, HeldCdr>;
  readonly issuer: Issuer | undefined;
};

async function ownCdrs(
  { database, operatorId }: Caller,
  accountId: string,
  month: string,
): Promise<readonly BilledCdr[]> {
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
    after = next ?? undefined;
  } while (after !== undefined && cdrs.length <= mostCdrs);
  return cdrs;
}

async function partnersCdrs(
  { database, operatorId }: Caller,
  accountId: string,
  month: string,
): Promise<ReadonlyMap<string, HeldCdr>> {
  const held = new Map<string, HeldCdr>();
  let after: string | undefined;
  do {
    const span = { accountId, ...spanOf(month), limit: 100, after };
    const { items, next } = await listHeldCdrs(database, operatorId, span);
    for (const one of items) held.set(one.receivedId, one);
    after = next ?? undefined;
  } while (after !== undefined && held.size <= mostCdrs);
  return held;
}

const billOf = ({ receivedId, cdr, timeZone, verdict }: HeldCdr): RoamingBill =>
  roamingBill(receivedId, cdr, timeZone, settledLines(cdr, verdict, timeZone));

/** Reads the statement of an account for a month; `too-large` where it has more CDRs than a statement holds. */
export async function readStatement(
  caller: Caller,
  accountId: string,
  month: string,
): Promise<ReadStatement | 'too-large'> {
  const [cdrs, held, issuer] = await Promise.all([
    ownCdrs(caller, accountId, month),
    partnersCdrs(caller, accountId, month),
    readIssuer(caller.database, caller.operatorId),
  ]);
  if (cdrs.length + held.size > mostCdrs) return 'too-large';
  return { statement: statementOf(month, cdrs, [...held.values()].map(billOf)), held, issuer };
}
