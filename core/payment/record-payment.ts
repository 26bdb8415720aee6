import type { TenThousandths } from '../analytics/figures.ts';
import { type Bill, balanceOf, type Payment, withPayment } from './bill.ts';
import { fromMinorUnits, minorUnits } from './minor-units.ts';
import type { ProviderState } from './provider.ts';

/** The name of card payments on a bill. */
const method = 'card';

const sumOf = (payments: readonly Payment[], kind: Payment['kind']): bigint =>
  payments.reduce((sum, one) => (one.kind === kind ? sum + one.amount : sum), 0n);

/**
 * A bill with what a provider says of its payment: what was captured, refunded and came back since it was looked at last, and that it
 * ended without. `known` where the bill says it all; `at` is ISO 8601 in UTC. References derive from the sums, so that the same news counts once.
 */
export function withProviderState(bill: Bill, payment: ProviderState, at: string): Bill | 'known' {
  const { reference, state, captured, refunded, refundFailed } = payment;
  const own = bill.payments.filter((one) => one.reference.startsWith(`${reference}:`));
  const news: Payment[] = [];
  const add = (kind: Payment['kind'], total: bigint, amount: bigint): void => {
    const payed = { kind, amount: amount as TenThousandths, at, method };
    if (amount > 0n) news.push({ reference: `${reference}:${kind}:${total}`, ...payed });
  };
  const [took, gave, cameBack] = [
    fromMinorUnits(captured, bill.currency),
    fromMinorUnits(minorUnits(refunded + refundFailed), bill.currency),
    fromMinorUnits(refundFailed, bill.currency),
  ];
  add('captured', took, took - sumOf(own, 'captured'));
  add('refunded', gave, gave - sumOf(own, 'refunded'));
  add('refund-failed', cameBack, cameBack - sumOf(own, 'refund-failed'));
  const { open } = balanceOf(bill);
  if (state === 'ended' && sumOf(own, 'failed') === 0n) add('failed', 0n, open);
  const changed = news.reduce<Bill>((next, one) => {
    const result = withPayment(next, one);
    return typeof result === 'string' ? next : result;
  }, bill);
  return changed === bill ? 'known' : changed;
}
