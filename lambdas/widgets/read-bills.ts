import { moneyDecimals } from '../../core/analytics/figures.ts';
import { type BillState, balanceOf } from '../../core/payment/bill.ts';
import { currencyDecimals } from '../../core/units/currency.ts';
import { shortDecimal } from '../../core/units/decimal.ts';
import { shardsOf } from '../store/operators/operators.ts';
import { listBills } from '../store/payments/bills.ts';
import type { Database } from '../store/table/client.ts';
import { type Gathered, gatherRows } from './gather-rows.ts';
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

/** Reads bills whose payment failed or that are to be refunded, operator by operator. */
export const readBills = (
  database: Database,
  request: Pick<WidgetOf<'bills'>, 'operatorId' | 'limit' | 'from'>,
): Promise<Gathered<OpenBill>> =>
  gatherRows(database, {
    ...request,
    read: async (operator, page) => {
      const { operatorId, name: operatorName } = operator;
      const states = ['failed', 'refund-due'] as const;
      const shards = shardsOf(operator);
      const { items, next } = await listBills(database, operatorId, states, shards, page);
      const rows = items.map(({ bill }) => {
        const { state, open } = balanceOf(bill);
        const { sessionId, currency } = bill;
        const amount = shortDecimal(open, moneyDecimals, currencyDecimals(currency) ?? 2);
        return { operatorName, sessionId, state, open: amount, currency };
      });
      return { rows, next };
    },
  });
