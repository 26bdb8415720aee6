import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TenThousandths } from '../../../core/analytics/figures.ts';
import { creditIdOf, numberedCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import {
  type Balance,
  type Bill,
  balanceOf,
  mostFailed,
  mostPayments,
  type Payment,
  withCdr,
  withPayment,
} from '../../../core/payment/bill.ts';
import { dueOf } from '../../../core/payment/due-of.ts';
import { fromMinorUnits, minorUnits, toMinorUnits } from '../../../core/payment/minor-units.ts';
import { formatDecimal } from '../../../core/units/decimal.ts';

type Step = { readonly cdr: Parameters<typeof withCdr>[1] } | { readonly payment: Payment };

const amount = fc.bigInt({ min: 0n, max: 10n ** 8n });

const cdrOf = (cdrId: string, digits: bigint): Step => {
  const text = formatDecimal(digits, 4);
  return {
    cdr: { cdrId, sessionId: 'ses_1', total: { currency: 'EUR', exclVat: text, inclVat: text } },
  };
};

const idOf = (number: number): string => numberedCdrId('ses_aaaaaaaaaaaaaaaaaaaaaaaaaa', number);

/** The credit of the n-th CDR of a session, after which nothing is billed. */
const lastCreditOf = (n: number, total: bigint): Step => {
  const step = cdrOf(creditIdOf(idOf(n)), -total);
  const decidedBy = { apiKeyId: 'key_1', name: 'Office' };
  const decided = { decidedAt: '2026-01-01T00:00:00.000Z', decidedBy };
  return 'cdr' in step
    ? { cdr: { ...step.cdr, correction: { kind: 'credit', reason: 'Goodwill.', ...decided } } }
    : step;
};

/** A CDR, and corrections of it: each credits the one before and replaces it; the last one may credit it for good. */
const cdrs = fc
  .tuple(fc.array(amount, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([totals, isFree]) => {
    const sealed = totals.flatMap((total, n) => {
      const before = totals[n - 1];
      const own = cdrOf(idOf(n + 1), total);
      return before === undefined ? [own] : [cdrOf(creditIdOf(idOf(n)), -before), own];
    });
    return isFree ? [...sealed, lastCreditOf(totals.length, totals.at(-1) ?? 0n)] : sealed;
  });

const payments = fc
  .array(fc.tuple(fc.constantFrom('captured', 'refunded', 'failed'), amount), { maxLength: 6 })
  .map((all) =>
    all.map(
      ([kind, digits], n): Step => ({
        payment: {
          reference: `p-${n}`,
          kind,
          amount: digits as TenThousandths,
          at: new Date(n * 1000).toISOString(),
        },
      }),
    ),
  );

/** A bill after these steps, of which the first that has a CDR makes it. */
function billAfter(steps: readonly Step[]): Bill | undefined {
  let bill: Bill | undefined;
  for (const step of [...steps, ...steps]) {
    if ('cdr' in step) bill = withCdr(bill, step.cdr);
    else if (bill !== undefined) {
      const next = withPayment(bill, step.payment);
      expect(next).not.toBe('conflict');
      if (typeof next !== 'string') bill = next;
    }
  }
  return bill;
}

const shown = (bill: Bill | undefined): Balance | undefined => bill && balanceOf(bill);

describe('the bill of a session', () => {
  it('once its first CDR is known a bill is at any time one of those that its session had, whatever is known of corrections and in which order', () => {
    fc.assert(
      fc.property(
        cdrs.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all.slice(1), { minLength: all.length - 1 }),
          ),
        ),
        ([all, shuffled]) => {
          const dueAfter = (steps: readonly Step[]) => shown(billAfter(steps))?.due;
          const had = new Set(all.map((_step, end) => dueAfter(all.slice(0, end + 1))));
          for (const end of shuffled.keys()) {
            expect(had).toContain(dueAfter([...all.slice(0, 1), ...shuffled.slice(0, end + 1)]));
          }
        },
      ),
    );
  });

  it('a card is asked for, or given back, what the bill comes to when nothing more of it is to come, and a free session costs nothing', () => {
    const all = [cdrOf(idOf(1), 70n), cdrOf(creditIdOf(idOf(1)), -70n), cdrOf(idOf(2), 100n)];
    const free = [...all, lastCreditOf(2, 100n)];
    const dueBy = (steps: readonly Step[]) => {
      const bill = billAfter(steps);
      return bill && dueOf(bill);
    };
    expect(free.map((_step, end) => dueBy(free.slice(0, end + 1)))).toEqual([
      70n,
      undefined,
      100n,
      0n,
    ]);
    expect(dueBy([free[0], free[3]].flatMap((step) => step ?? []))).toBeUndefined();
    expect(dueBy([cdrOf(idOf(1), 70n), lastCreditOf(1, 70n)])).toBe(0n);
  });

  it('a correction of a bill that was not kept before is its difference', () => {
    const steps = [cdrOf(creditIdOf(idOf(1)), -70n), cdrOf(idOf(2), 100n)];
    expect(shown(billAfter(steps))?.due).toBe(30n);
    expect(shown(billAfter(steps.slice(0, 1)))?.due).toBe(0n);
  });

  it('a bill is the same whatever the order in which CDRs and payments become known, and however often', () => {
    const steps = fc.tuple(cdrs, payments).map(([a, b]) => [...a, ...b]);
    fc.assert(
      fc.property(
        steps.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
          ),
        ),
        ([all, shuffled]) => {
          expect(shown(billAfter(shuffled))).toEqual(shown(billAfter(all)));
        },
      ),
    );
  });

  it('a bill is paid exactly when less than a coin is missing of what its CDRs come to, and nothing beyond coins is open', () => {
    fc.assert(
      fc.property(cdrs, payments, (sealed, made) => {
        const bill = billAfter([...sealed, ...made]);
        if (bill === undefined) throw new Error('A CDR makes a bill');
        const { state, due, received, open } = balanceOf(bill);
        const missing = due - received;
        expect(state === 'paid').toBe(missing >= 0n && missing < 100n);
        expect([open % 100n, open <= missing, missing - open < 100n]).toEqual([0n, true, true]);
        const paid = withPayment(bill, {
          reference: 'rest',
          kind: open < 0n ? 'refunded' : 'captured',
          amount: (open < 0n ? -open : open) as TenThousandths,
          at: '2026-01-01T00:00:00.000Z',
        });
        expect(typeof paid !== 'string' && balanceOf(paid)).toMatchObject({
          state: 'paid',
          open: 0n,
        });
      }),
    );
  });

  it('what a card was charged for a bill is that bill, whatever the digits of its tariff and the coins of its currency', () => {
    const currencies = fc.constantFrom('EUR', 'JPY', 'ISK', 'UGX', 'KWD', 'MGA', 'HUF', 'CLF');
    fc.assert(
      fc.property(currencies, amount, amount, (currency, first, second) => {
        const charged = (due: bigint) => toMinorUnits(due as TenThousandths, currency);
        const paid = (due: bigint): Bill => ({
          sessionId: 'ses_1',
          currency,
          totals: { [idOf(1)]: due as TenThousandths },
          payments: [
            {
              reference: 'card',
              kind: 'captured',
              amount: fromMinorUnits(charged(due), currency),
              at: '2026-01-01T00:00:00.000Z',
            },
          ],
        });
        expect(balanceOf(paid(first))).toMatchObject({ state: 'paid', open: 0n });
        // A correction downwards: what is refunded leaves the bill paid again.
        const [more, less] = first > second ? [first, second] : [second, first];
        const corrected = { ...paid(more), totals: { [idOf(1)]: less as TenThousandths } };
        const back = charged(more) - charged(less);
        const refunded = withPayment(corrected, {
          reference: 'back',
          kind: 'refunded',
          amount: fromMinorUnits(minorUnits(back), currency),
          at: '2026-01-02T00:00:00.000Z',
        });
        expect(typeof refunded !== 'string' && balanceOf(refunded)).toMatchObject({
          state: 'paid',
          open: 0n,
        });
      }),
    );
  });

  it('a credit of a bill that was paid makes all of it due to be refunded', () => {
    const paid = billAfter([
      cdrOf('cdr', 45_000n),
      {
        payment: {
          reference: 'p',
          kind: 'captured',
          amount: 45_000n as TenThousandths,
          at: '2026-01-01T00:00:00.000Z',
        },
      },
    ]);
    expect(shown(paid)?.state).toBe('paid');
    const credited = billAfter([...[], cdrOf('cdr', 45_000n), cdrOf('credit', -45_000n)]);
    expect(shown(credited)).toEqual({ state: 'paid', due: 0n, received: 0n, open: 0n });
    const corrected = withCdr(paid, {
      cdrId: 'credit',
      sessionId: 'ses_1',
      total: { currency: 'EUR', exclVat: '-4.50', inclVat: '-4.50' },
    });
    expect(balanceOf(corrected)).toMatchObject({ state: 'refund-due', open: -45_000n });
  });

  it('however many attempts fail, a bill stays small, knows its state, and has room for the payments that move money', () => {
    let bill = billAfter([cdrOf('cdr', 45_000n)]);
    const add = (kind: Payment['kind'], n: number) => {
      if (bill === undefined) throw new Error('A CDR makes a bill');
      const at = new Date(n * 1000).toISOString();
      const reference = `${kind}-${n}`.padEnd(128, 'x');
      const next = withPayment(bill, { reference, kind, amount: 1n as TenThousandths, at });
      if (typeof next !== 'string') bill = next;
      return next;
    };
    for (let n = 1; n <= 2_000; n += 1) add('failed', n);
    expect(shown(bill)).toMatchObject({ state: 'failed', open: 45_000n });
    expect(bill?.payments).toHaveLength(mostFailed);
    expect(bill?.payments.at(-1)?.at).toBe(new Date(2_000_000).toISOString());

    for (let n = 1; n <= mostPayments; n += 1) add('captured', 3_000 + n);
    expect(add('refunded', 4_000)).toBe('too-many');
    expect(add('captured', 3_001)).toBe('known');
    expect(typeof add('failed', 4_001)).toBe('object');
    expect(shown(bill)?.received).toBe(BigInt(mostPayments));
    expect(bill?.payments).toHaveLength(mostFailed + mostPayments);
  });

  it('a reference that comes again for another amount is a conflict', () => {
    const bill = billAfter([cdrOf('cdr', 45_000n)]);
    if (bill === undefined) throw new Error('A CDR makes a bill');
    const payment: Payment = {
      reference: 'p',
      kind: 'captured',
      amount: 1n as TenThousandths,
      at: '2026-01-01T00:00:00.000Z',
    };
    const once = withPayment(bill, payment);
    if (typeof once === 'string') throw new Error('The first one is applied');
    expect(withPayment(once, payment)).toBe('known');
    expect(withPayment(once, { ...payment, amount: 2n as TenThousandths })).toBe('conflict');
  });

  it('a bill whose last attempt failed is failed until somebody pays it', () => {
    const attempt = (reference: string, kind: Payment['kind'], minute: number): Step => ({
      payment: {
        reference,
        kind,
        amount: 45_000n as TenThousandths,
        at: new Date(minute * 60_000).toISOString(),
      },
    });
    const cdr = cdrOf('cdr', 45_000n);
    expect(shown(billAfter([cdr]))?.state).toBe('unpaid');
    expect(shown(billAfter([cdr, attempt('a', 'failed', 1)]))?.state).toBe('failed');
    const later = [cdr, attempt('b', 'captured', 2), attempt('a', 'failed', 1)];
    expect(shown(billAfter(later))?.state).toBe('paid');
  });
});

describe('the example of a payment system', () => {
  it('a bill that comes to the same sum again gets payments of its own, and one that is settled twice gets none', async () => {
    const file = '../../../examples/payments/payment-system.mjs';
    const { paymentSystem } = (await import(file)) as {
      readonly paymentSystem: Record<
        'take' | 'giveBack',
        (bill: object, amount: string) => Pick<Payment, 'reference' | 'kind'>
      >;
    };
    const settle = (bill: Bill): Bill => {
      const { open, due } = balanceOf(bill);
      if (open === 0n) return bill;
      const shown = { sessionId: bill.sessionId, payments: bill.payments, due: String(due) };
      const act = open > 0n ? paymentSystem.take : paymentSystem.giveBack;
      const size = (open > 0n ? open : -open) as TenThousandths;
      const payment = { ...act(shown, String(size)), amount: size, at: '2026-04-14T18:00:00.000Z' };
      const paid = withPayment(bill, payment);
      if (typeof paid === 'string') throw new Error(paid);
      expect(withPayment(paid, payment)).toBe('known');
      return paid;
    };
    // 9, then 3 and 9 by turns: each correction credits the CDR before it.
    const sums = [9n, -9n, 3n, -3n, 9n, -9n, 3n].map((one) => one * 10_000n);
    let bill: Bill | undefined;
    for (const [n, sum] of sums.entries()) {
      const text = formatDecimal(sum, 4);
      const total = { currency: 'EUR', exclVat: text, inclVat: text };
      bill = settle(withCdr(bill, { cdrId: `cdr_${n}`, sessionId: 'ses_1', total }));
      expect(balanceOf(bill).state).toBe('paid');
    }
    const references = bill?.payments.map(({ reference }) => reference) ?? [];
    expect(new Set(references).size).toBe(references.length);
  });
});
