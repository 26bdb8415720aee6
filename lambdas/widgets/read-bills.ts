import { moneyDecimals } from '../../core/analytics/figures.ts';
import { type BillState, balanceOf } from '../../core/payment/bill.ts';
import { currencyDecimals } from '../../core/units/currency.ts';
import { shortDecimal } from '../../core/units/decimal.ts';
import { shardsOf } from '../store/operators/operators.ts';
import { listBills } from '../store/payments/bills.ts';
import type { Database } from '../store/table/client.ts';
import { operatorsFrom } from './operators-from.ts';
import type { WidgetOf } from './widget-request.ts';

/** A bill whose payment failed, or of which too much was taken. */
export type OpenBill = {
  readonly operatorName: string;
  readonly sessionId: string;
  readonly state: BillState;
  /** Decimal text with the decimals of the currency; below 0 to be refunded. */
  readonly open: string;
  readonly currency: string;
};

/** Such bills; `more` is true where there may be others. */
export type BillsPage = { readonly rows: readonly OpenBill[]; readonly more: boolean };

/** Operators that one look reads the list of. */
const mostOperators = 100;

/** Reads bills whose payment failed or that are to be refunded, operator by operator. */
export async function readBills(
  database: Database,
  { operatorId, limit }: Pick<WidgetOf<'bills'>, 'operatorId' | 'limit'>,
): Promise<BillsPage> {
  const rows: OpenBill[] = [];
  let operators = 0;
  let more = false;
  for await (const operator of operatorsFrom(database, { only: operatorId })) {
    if (operators === mostOperators || rows.length >= limit) return { rows, more: true };
    operators += 1;
    const page = { limit: limit - rows.length };
    const { operatorId: id, name: operatorName } = operator;
    const states = ['failed', 'refund-due'] as const;
    const { items, next } = await listBills(database, id, states, shardsOf(operator), page);
    more ||= next !== null;
    for (const { bill } of items) {
      const { state, open } = balanceOf(bill);
      const { sessionId, currency } = bill;
      const amount = shortDecimal(open, moneyDecimals, currencyDecimals(currency) ?? 2);
      rows.push({ operatorName, sessionId, state, open: amount, currency });
    }
  }
  return { rows, more };
}
