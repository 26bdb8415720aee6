import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { TenThousandths } from '../../../core/analytics/figures.ts';
import { type Bill, type BillState, balanceOf } from '../../../core/payment/bill.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, number, text, toItem } from '../table/item.ts';
import { allBillsList, billKey, billsList } from '../table/keys/account-keys.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';

/** A bill as it is kept. */
export type StoredBill = {
  readonly operatorId: string;
  /** The shard of its operator's lists. */
  readonly shard: number;
  readonly bill: Bill;
  /** Counts up with every change; 1 at first. */
  readonly version: number;
};

type Written = {
  readonly [Field in keyof Bill]: Field extends 'totals' | 'payments' ? never : Bill[Field];
};

/** Amounts are whole numbers, which JSON has no room for: they are kept as text. */
const written = ({ totals, payments, ...bill }: Bill): string =>
  JSON.stringify({
    ...bill,
    totals: Object.entries(totals).map(([cdrId, amount]) => [cdrId, String(amount)]),
    payments: payments.map((one) => ({ ...one, amount: String(one.amount) })),
  });

type Kept = Pick<Written, 'sessionId' | 'currency' | 'lastCredit'> & {
  readonly totals: readonly (readonly [string, string])[];
  readonly payments: readonly (Omit<Bill['payments'][number], 'amount'> & {
    readonly amount: string;
  })[];
};

const amountFrom = (digits: string): TenThousandths => BigInt(digits) as TenThousandths;

/** Reads a bill from its item. */
export function billFrom(item: Item): StoredBill {
  const { totals, payments, ...bill } = document<Kept>(item, 'bill');
  return {
    operatorId: text(item, 'operatorId'),
    shard: number(item, 'shard'),
    version: number(item, 'version'),
    bill: {
      ...bill,
      totals: Object.fromEntries(totals.map(([cdrId, digits]) => [cdrId, amountFrom(digits)])),
      payments: payments.map((one) => ({ ...one, amount: amountFrom(one.amount) })),
    },
  };
}

/** Reads the bill of a session; undefined where payments were off when its CDR was sealed. */
export async function readBill(
  database: Database,
  sessionId: string,
): Promise<StoredBill | undefined> {
  const item = await getItem(database, billKey(sessionId), true);
  return item === undefined ? undefined : billFrom(item);
}

/** Keeps a bill, if it follows the one that is kept: the first has version 1. */
export async function writeBill(
  database: Database,
  { operatorId, shard, bill, version }: StoredBill,
): Promise<'written' | 'changed'> {
  const { sessionId } = bill;
  const isFirst = version === 1;
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({
          ...billKey(sessionId),
          kind: 'BILL',
          operatorId,
          shard,
          bill: written(bill),
          version,
          listKey: billsList(operatorId, balanceOf(bill).state, shard),
          chargerListKey: allBillsList(operatorId, shard),
          listSort: sessionId,
        }),
        ConditionExpression: isFirst ? 'attribute_not_exists(pk)' : '#version = :before',
        ...(isFirst
          ? {}
          : {
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: toItem({ ':before': version - 1 }),
            }),
      }),
    ),
  );
  return put.kind === 'written' ? 'written' : 'changed';
}

/** How often another may have been at the same bill before it is given up. */
const mostMeetings = 20;

/** Changes a bill by a function, again from what is there where another was faster; what gives no bill changes nothing. */
export async function changeBill<Refused extends string>(
  database: Database,
  { operatorId, shard, sessionId }: { operatorId: string; shard: number; sessionId: string },
  change: (bill: Bill | undefined) => Bill | Refused,
): Promise<StoredBill | Refused> {
  for (let n = 0; n < mostMeetings; n += 1) {
    const known = await readBill(database, sessionId);
    const bill = change(known?.bill);
    if (typeof bill === 'string') return bill;
    const next = { operatorId, shard, bill, version: (known?.version ?? 0) + 1 };
    if ((await writeBill(database, next)) === 'written') return next;
  }
  throw new ConcurrentUpdateError('The bill of a session kept being written');
}

/** Lists the bills of an operator, all or those in some states, by the ids of their sessions. */
export const listBills = async (
  database: Database,
  operatorId: string,
  states: readonly BillState[] | undefined,
  shards: readonly number[],
  request: ListRequest,
): Promise<Listed<StoredBill>> =>
  await listThings(
    database,
    {
      ...(states === undefined
        ? { steps: [shards.map((shard) => allBillsList(operatorId, shard))], of: 'charger' }
        : {
            steps: states.map((state) =>
              shards.map((shard) => billsList(operatorId, state, shard)),
            ),
          }),
      order: 'ascending',
      ...request,
    },
    billFrom,
  );
