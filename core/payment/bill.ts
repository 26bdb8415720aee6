import { moneyDecimals, type TenThousandths } from '../analytics/figures.ts';
import type { CdrContent } from '../cdr/model/cdr.ts';
import { decimalOf } from '../units/decimal.ts';
import { openOf } from './minor-units.ts';
import { settledTotal } from './settled-total.ts';

/** The kinds of what another system did about a bill; `refund-failed`: a refund that it had made came back. */
export const paymentKinds = ['captured', 'refunded', 'failed', 'refund-failed'] as const;

/** Money that another system took, gave back, tried to take in vain, or got back of what it had given back. */
export type Payment = {
  /** Its id in the other system: the same one is the same payment. */
  readonly reference: string;
  readonly kind: (typeof paymentKinds)[number];
  /** With VAT, in the currency of the bill. */
  readonly amount: TenThousandths;
  /** When it happened there, ISO 8601 in UTC. */
  readonly at: string;
  /** As the other system names it, such as `card`. */
  readonly method?: string;
};

/** All that a session costs, and all that was paid of it. */
export type Bill = {
  readonly sessionId: string;
  /** ISO 4217. */
  readonly currency: string;
  /** The totals of its sealed CDRs with VAT, by their ids: a credit's is negative. */
  readonly totals: Readonly<Record<string, TenThousandths>>;
  /** The credit after which nothing is billed of the session; absent where there is none. */
  readonly lastCredit?: string;
  /** In the order in which they became known. */
  readonly payments: readonly Payment[];
};

/**
 * The states that a bill can be in. `refund-due`: more was taken than the CDRs come to, as after a credit; `failed`: what was done last about
 * what is open did not succeed, a payment or a refund.
 */
export const billStates = ['unpaid', 'failed', 'paid', 'refund-due'] as const;

/** One of these states. */
export type BillState = (typeof billStates)[number];

/** A bill by its sums. */
export type Balance = {
  readonly state: BillState;
  /** The sum of the CDRs; a correction counts once it is known whole: see settledTotal. */
  readonly due: TenThousandths;
  /** Captured less refunded, and what came back of that. */
  readonly received: TenThousandths;
  /** Still to be paid; below 0 to be refunded: whole coins, see openOf. */
  readonly open: TenThousandths;
};

const sum = (amounts: Iterable<bigint>): bigint => {
  let all = 0n;
  for (const amount of amounts) all += amount;
  return all;
};

const signs = { captured: 1n, refunded: -1n, failed: 0n, 'refund-failed': 1n } as const;

/** Adds a sealed CDR to the bill of its session; one that it has changes nothing. */
export function withCdr(
  bill: Bill | undefined,
  cdr: Pick<CdrContent, 'cdrId' | 'sessionId' | 'correction'> & {
    readonly total: NonNullable<CdrContent['total']>;
  },
): Bill {
  const { cdrId, sessionId, total, correction } = cdr;
  const amount = decimalOf(total.inclVat, moneyDecimals) as TenThousandths;
  const before = bill ?? { sessionId, currency: total.currency, totals: {}, payments: [] };
  return {
    ...before,
    totals: { ...before.totals, [cdrId]: amount },
    ...(correction?.kind === 'credit' && { lastCredit: cdrId }),
  };
}

const isSame = (a: Payment, b: Payment): boolean => a.kind === b.kind && a.amount === b.amount;

/** A bill holds so many payments at most, so that it never outgrows its item: nobody pays a session more often. */
export const mostPayments = 100;

/** Attempts that failed count for nothing but the state; of those before the latest so many are forgotten, the oldest first. */
export const mostFailed = 20;

const failedOnly = ({ kind }: Payment): boolean => kind === 'failed';

const byTime = (a: Payment, b: Payment): number => Date.parse(a.at) - Date.parse(b.at);

/** Leaves room for all payments that moved money, whatever the number of attempts that failed. */
function withoutOldFailures(payments: readonly Payment[]): readonly Payment[] {
  const failed = payments.filter(failedOnly).toSorted(byTime);
  const forgotten = new Set(failed.slice(0, Math.max(0, failed.length - mostFailed)));
  return payments.filter((one) => !forgotten.has(one));
}

/**
 * Adds a payment: `known` where the bill has it, `conflict` where its reference is that of a different one, `too-many` where it moved
 * money and the bill has no room for it.
 */
export function withPayment(
  bill: Bill,
  payment: Payment,
): Bill | 'known' | 'conflict' | 'too-many' {
  const known = bill.payments.find(({ reference }) => reference === payment.reference);
  if (known !== undefined) return isSame(known, payment) ? 'known' : 'conflict';
  const moved = bill.payments.filter((one) => !failedOnly(one)).length;
  if (!failedOnly(payment) && moved >= mostPayments) return 'too-many';
  return { ...bill, payments: withoutOldFailures([...bill.payments, payment]) };
}

function stateOf(open: bigint, { payments }: Bill): BillState {
  if (open === 0n) return 'paid';
  const latest = payments.toSorted(byTime).at(-1)?.kind;
  if (open < 0n) return latest === 'refund-failed' ? 'failed' : 'refund-due';
  return latest === 'failed' ? 'failed' : 'unpaid';
}

/** Adds up a bill. */
export function balanceOf(bill: Bill): Balance {
  const due = settledTotal(bill.totals, bill.lastCredit);
  const received = sum(bill.payments.map(({ kind, amount }) => signs[kind] * amount));
  const open = openOf(due - received, bill.currency);
  return {
    state: stateOf(open, bill),
    due: due as TenThousandths,
    received: received as TenThousandths,
    open,
  };
}
