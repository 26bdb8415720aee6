import * as z from 'zod';
import { type Bill, balanceOf, billStates, paymentKinds } from '../../../core/payment/bill.ts';
import { amountText } from '../accounts/account-view.ts';
import { decimalText, timeText } from '../common-schemas.ts';

/** The bill of a session as the operator API shows it. */
export const BillSchema = z
  .strictObject({
    sessionId: z.string(),
    state: z.enum(billStates),
    currency: z.string(),
    due: decimalText.meta({ description: 'The sum of its CDRs and credits, with VAT.' }),
    received: decimalText.meta({
      description: 'Captured less refunded, and what came back of that.',
    }),
    open: decimalText.meta({
      description: 'Still to be paid, in whole coins; below 0 to be refunded.',
    }),
    cdrs: z.array(z.strictObject({ cdrId: z.string(), inclVat: decimalText })),
    payments: z.array(
      z.strictObject({
        reference: z.string(),
        kind: z.enum(paymentKinds),
        amount: decimalText,
        method: z.string().nullable(),
        at: timeText,
      }),
    ),
  })
  .meta({ id: 'Bill' });

/** Shows a bill. */
export function billView(bill: Bill) {
  const { sessionId, currency, totals, payments } = bill;
  const { state, due, received, open } = balanceOf(bill);
  const text = (amount: bigint): string => amountText(amount, currency);
  return {
    sessionId,
    state,
    currency,
    due: text(due),
    received: text(received),
    open: text(open),
    cdrs: Object.entries(totals).map(([cdrId, amount]) => ({ cdrId, inclVat: text(amount) })),
    payments: payments.map(({ reference, kind, amount, method, at }) => ({
      reference,
      kind,
      amount: text(amount),
      method: method ?? null,
      at,
    })),
  };
}
