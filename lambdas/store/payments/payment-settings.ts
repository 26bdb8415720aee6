import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { paymentSettingsKey } from '../table/account-keys.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { optionalText, toItem } from '../table/item.ts';

/** The ways in which bills are paid: not at all, or by another system that records what it did. */
export const paymentAdapters = ['none', 'invoice'] as const;

/** One of them. */
export type PaymentAdapter = (typeof paymentAdapters)[number];

/** Reads how the bills of an operator are paid: `none` until something else was set. */
export async function readPaymentAdapter(
  database: Database,
  operatorId: string,
): Promise<PaymentAdapter> {
  const item = await getItem(database, paymentSettingsKey(operatorId));
  const adapter = item && optionalText(item, 'adapter');
  return paymentAdapters.find((one) => one === adapter) ?? 'none';
}

/** Keeps how the bills of an operator are paid. */
export async function writePaymentAdapter(
  database: Database,
  operatorId: string,
  adapter: PaymentAdapter,
): Promise<void> {
  const Item = toItem({ ...paymentSettingsKey(operatorId), kind: 'PAYMENTS', adapter });
  await database.client.send(new PutItemCommand({ TableName: database.state, Item }));
}
