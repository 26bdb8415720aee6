import { moneyDecimals } from '../analytics/figures.ts';
import { formatDecimal } from '../units/decimal.ts';
import type { EventDraft } from './event.ts';
import type { BillImage } from './state-image.ts';

/** Payments of a bill that failed, and refunds that came back, each once; what succeeds is what an operator expects. */
export function billEvents(
  old: BillImage | undefined,
  { bill: { sessionId, currency, payments } }: BillImage,
): readonly EventDraft[] {
  const known = new Set(old?.bill.payments.map(({ reference }) => reference));
  const subject = { kind: 'session', sessionId } as const;
  return payments.flatMap(({ kind, reference, amount, at, method = null }) => {
    if (known.has(reference) || (kind !== 'failed' && kind !== 'refund-failed')) return [];
    const text = formatDecimal(amount, moneyDecimals);
    const data = { kind, reference, amount: text, currency, method };
    return [{ type: 'payment.failed', subject, at, data } as const];
  });
}
