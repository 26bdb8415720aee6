import type { Attempt } from '../../../../core/payment/attempt.ts';
import type { Bill, Payment } from '../../../../core/payment/bill.ts';
import { milliWattHours } from '../../../../core/units/energy.ts';
import { kwhNumber } from '../../../../core/units/format-kwh.ts';
import { randomText } from '../../../runtime/new-id.ts';
import { readBill } from '../../../store/payments/bills.ts';
import { createReceiptLink } from '../../../store/receipts/receipt-links.ts';
import { readRunningView } from '../../../store/sessions/running-view.ts';
import { readSession } from '../../../store/sessions/sessions.ts';
import type { Database } from '../../../store/table/client.ts';
import { amountText } from '../../accounts/account-view.ts';
import { receiptUrl } from '../../receipts/receipt-url.ts';

/** An attempt as its driver follows it. */
export type FollowedAttempt = {
  readonly attempt: Attempt;
  readonly session: 'none' | 'active' | 'ended' | 'void';
  /** While it runs. */
  readonly energyKwh?: string | undefined;
  /** Amounts with their currency. */
  readonly cost?: string | undefined;
  readonly captured?: string | undefined;
  readonly refunded?: string | undefined;
  readonly receiptUrl?: string | undefined;
};

const sumOf = ({ payments }: Bill, kind: Payment['kind']): bigint =>
  payments.reduce((all, one) => (one.kind === kind ? all + one.amount : all), 0n);

function paidText(sum: bigint, { currency }: Bill): string | undefined {
  return sum === 0n ? undefined : `${amountText(sum, currency)} ${currency}`;
}

async function readRunning(database: Database, sessionId: string) {
  const view = await readRunningView(database, sessionId);
  return {
    energyKwh: view && String(kwhNumber(milliWattHours(view.energy))),
    cost: view?.cost && `${view.cost.inclVat} ${view.cost.currency}`,
  };
}

async function readPaid(database: Database, operatorId: string, sessionId: string, now: string) {
  const bill = (await readBill(database, sessionId))?.bill;
  if (bill === undefined) return {};
  const own = { token: randomText(32), operatorId, sessionId, createdAt: now };
  const link = await createReceiptLink(database, own, false);
  return {
    captured: paidText(sumOf(bill, 'captured'), bill),
    refunded: paidText(sumOf(bill, 'refunded') - sumOf(bill, 'refund-failed'), bill),
    receiptUrl: link && receiptUrl(link.token),
  };
}

/** Reads all that the driver of an attempt is shown. */
export async function followAttempt(
  database: Database,
  attempt: Attempt,
  now: string,
): Promise<FollowedAttempt> {
  const { sessionId, operatorId } = attempt;
  const session =
    sessionId === undefined ? undefined : (await readSession(database, sessionId))?.session;
  if (session === undefined || sessionId === undefined) return { attempt, session: 'none' };
  const more =
    session.state === 'active'
      ? await readRunning(database, sessionId)
      : await readPaid(database, operatorId, sessionId, now);
  return { attempt, session: session.state, ...more };
}
