import type { TenThousandths } from '../analytics/figures.ts';
import { readCdrId } from '../cdr/seal/cdr-id.ts';
import { type Bill, balanceOf } from './bill.ts';

/**
 * The sum of a session's CDRs once it is whole; undefined until then. A correction is two CDRs, the credit and the one that replaces
 * what it credits, which become known one after the other: what the bill comes to in between is nobody's debt, and to act
 * on it would give all back that was paid. The credit by which an operator lets a session be free has no such second CDR.
 */
export function dueOf(bill: Bill): TenThousandths | undefined {
  const known = Object.keys(bill.totals).flatMap((cdrId) => readCdrId(cdrId) ?? []);
  const numbers = known.filter(({ isCredit }) => !isCredit).map(({ number }) => number);
  const credited = known.filter(({ isCredit }) => isCredit).map(({ number }) => number);
  const free = readCdrId(bill.lastCredit ?? '')?.number;
  const last = Math.max(0, ...numbers, free ?? 0);
  const isWhole =
    last > 0 &&
    numbers.length === last &&
    credited.length === last - (free === undefined ? 1 : 0) &&
    credited.every((number) => number < last || number === free);
  return isWhole ? balanceOf(bill).due : undefined;
}
