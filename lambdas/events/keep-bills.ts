import type { DynamoDBRecord } from 'aws-lambda';
import { isAttemptId } from '../../core/payment/attempt.ts';
import { withCdr } from '../../core/payment/bill.ts';
import { contentFrom } from '../store/cdrs/cdr-item.ts';
import { changeBill } from '../store/payments/bills.ts';
import { type PaymentAdapter, readPaymentSettings } from '../store/payments/payment-settings.ts';
import type { Database } from '../store/table/client.ts';
import { optionalText } from '../store/table/item.ts';
import type { RunningTime } from '../stream/in-time.ts';
import { newItem } from '../stream/stream-records.ts';
import { eachRecord, type RecordErrors } from './each-record.ts';

/** How operators are paid, and until when that is believed, epoch ms. */
const adapters = new Map<string, { readonly adapter: PaymentAdapter; readonly until: number }>();
const believedFor = 60_000;
const mostOperators = 1_000;

async function adapterOf(database: Database, operatorId: string): Promise<PaymentAdapter> {
  const known = adapters.get(operatorId);
  if (known !== undefined && known.until > Date.now()) return known.adapter;
  const { adapter } = await readPaymentSettings(database, operatorId);
  if (adapters.size >= mostOperators) adapters.clear();
  adapters.set(operatorId, { adapter, until: Date.now() + believedFor });
  return adapter;
}

/** The shard of the list that a sealed CDR is in: that of its bill as well. */
const shardIn = (listKey: string | undefined): number =>
  Number(listKey?.slice(listKey.lastIndexOf('#') + 1) ?? 0);

/** Has the attempt looked at that a session was paid by: its CDR, or a credit, is sealed. */
async function hint(tokenId: string): Promise<void> {
  const { sendOutbound } = await import('../outbound/send-outbound.ts');
  const attemptId = tokenId.toLowerCase();
  await sendOutbound([{ kind: 'payment', attemptId, isHint: true, troubles: 0, waitSeconds: 0 }]);
}

async function keepBill(database: Database, record: DynamoDBRecord): Promise<void> {
  const item = newItem(record);
  if (item === undefined) return;
  const { total, ...content } = contentFrom(item);
  const { operatorId, sessionId } = content;
  const attemptId =
    content.tokenId !== null && isAttemptId(content.tokenId) ? content.tokenId : undefined;
  if (total === null) return;
  // Money is held for the session of an attempt, whatever is set by now.
  const isKept = attemptId !== undefined || (await adapterOf(database, operatorId)) !== 'none';
  if (!isKept) return;
  const shard = shardIn(optionalText(item, 'listKey'));
  await changeBill(database, { operatorId, shard, sessionId }, (bill) =>
    bill?.totals[content.cdrId] === undefined ? withCdr(bill, { ...content, total }) : 'known',
  );
  // Also where the bill had it: whoever added it may have ended in between.
  if (attemptId !== undefined) await hint(attemptId);
}

/** Adds CDRs that were just sealed to the bills of their sessions, where their operator wants bills; to do it again adds nothing. */
export async function keepBills(
  database: Database,
  records: readonly DynamoDBRecord[],
  time: RunningTime,
  errors: RecordErrors,
): Promise<void> {
  await eachRecord(records, time, errors, {
    failure: 'A CDR could not be added to its bill',
    work: async (record) => await keepBill(database, record),
  });
}
