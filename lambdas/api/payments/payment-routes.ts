import * as z from 'zod';
import { moneyDecimals, type TenThousandths } from '../../../core/analytics/figures.ts';
import { readCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import { type Bill, billStates, paymentKinds, withPayment } from '../../../core/payment/bill.ts';
import { currencyDecimals } from '../../../core/units/currency.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, refused } from '../../http/answer.ts';
import { time } from '../../http/time-form.ts';
import { readOperator, shardsOf } from '../../store/operators/operators.ts';
import { changeBill, listBills, readBill, type StoredBill } from '../../store/payments/bills.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { decimal, id } from '../forms.ts';
import { ownSession } from '../sessions/own-session.ts';
import { BillSchema, billView } from './bill-view.ts';

/** Nobody pays a part of the smallest coin: the rest of a bill would be open for ever. */
const hasCoins = ({ amount, currency }: { readonly amount: string; readonly currency: string }) =>
  (amount.split('.')[1] ?? '').length <= (currencyDecimals(currency) ?? moneyDecimals);

const PaymentForm = z
  .strictObject({
    reference: id(128).meta({
      description: 'Its id in the other system: sent again, it is the same payment.',
    }),
    kind: z.enum(paymentKinds),
    amount: decimal.refine((text) => /^\d{1,9}(?:\.\d{1,4})?$/.test(text), {
      message: 'The value must be from 0 to 999999999 with at most 4 decimals.',
    }),
    currency: z.string().max(3),
    method: id(64).optional(),
    at: time.optional().meta({ description: 'When it happened there; now unless given.' }),
  })
  .refine(hasCoins, {
    path: ['amount'],
    message: 'The value must have no more decimals than its currency.',
  });

/** The bill of the session of a CDR of the caller's. */
async function billOfCdr(
  caller: Caller,
  cdrId: string,
): Promise<StoredBill | 'CDR_NOT_FOUND' | 'BILL_NOT_FOUND'> {
  const named = readCdrId(cdrId);
  const stored = named && (await ownSession(caller, named.sessionId));
  if (stored?.result === undefined) return 'CDR_NOT_FOUND';
  return (await readBill(caller.database, stored.session.sessionId)) ?? 'BILL_NOT_FOUND';
}

/** Records a payment on a bill; `currency` where it is in another one. */
const recordOn =
  (form: z.output<typeof PaymentForm>, now: string) =>
  (bill: Bill | undefined): Bill | 'known' | 'conflict' | 'too-many' | 'currency' | 'absent' => {
    if (bill === undefined) return 'absent';
    if (bill.currency !== form.currency) return 'currency';
    const { reference, kind, method, at = now } = form;
    const amount = decimalOf(form.amount, moneyDecimals) as TenThousandths;
    return withPayment(bill, omitUndefined({ reference, kind, amount, method, at }));
  };

/** The calls about what bills are paid with. */
export const paymentRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/cdrs/{cdrId}/payments',
    summary:
      'Records what another system did about the bill of a session: money that it captured or refunded, or an attempt that failed; the same reference counts once.',
    scope: 'payments:write',
    body: PaymentForm,
    example: {
      reference: 'INV-2026-0042',
      kind: 'captured',
      amount: '15.36',
      currency: 'EUR',
      method: 'invoice',
    },
    response: BillSchema,
    errors: [
      'CDR_NOT_FOUND',
      'BILL_NOT_FOUND',
      'PAYMENT_REFERENCE_USED',
      'PAYMENT_OTHER_CURRENCY',
      'PAYMENTS_TOO_MANY',
    ],
    repeatable: 'claimed',
    run: async (caller, { path: { cdrId }, body }) => {
      const stored = await billOfCdr(caller, cdrId);
      if (typeof stored === 'string') return refused(stored);
      const { operatorId, shard, bill } = stored;
      const place = { operatorId, shard, sessionId: bill.sessionId };
      const changed = await changeBill(caller.database, place, recordOn(body, caller.now));
      if (changed === 'conflict') return refused('PAYMENT_REFERENCE_USED');
      if (changed === 'too-many') return refused('PAYMENTS_TOO_MANY');
      if (changed === 'currency') return refused('PAYMENT_OTHER_CURRENCY');
      if (changed === 'absent') return refused('BILL_NOT_FOUND');
      return done(billView(changed === 'known' ? bill : changed.bill));
    },
  }),
  route({
    method: 'GET',
    path: '/cdrs/{cdrId}/payments',
    summary: 'Returns the bill of the session of a CDR, with what was paid of it.',
    scope: 'payments:read',
    response: BillSchema,
    errors: ['CDR_NOT_FOUND', 'BILL_NOT_FOUND'],
    run: async (caller, { path: { cdrId } }) => {
      const stored = await billOfCdr(caller, cdrId);
      return typeof stored === 'string' ? refused(stored) : done(billView(stored.bill));
    },
  }),
  listRoute({
    path: '/payments',
    summary:
      'Lists the bills of sessions, all or those in a state: unpaid ones, those whose last attempt failed, those to be refunded, or paid ones.',
    scope: 'payments:read',
    filters: { state: z.enum(billStates).optional() },
    item: BillSchema,
    run: async ({ database, operatorId }, { query, page }) => {
      const operator = await readOperator(database, operatorId);
      const shards = operator === undefined ? [] : shardsOf(operator);
      const states = query.state === undefined ? undefined : [query.state];
      const { items, next } = await listBills(database, operatorId, states, shards, page);
      return { items: items.map(({ bill }) => billView(bill)), next };
    },
  }),
];
