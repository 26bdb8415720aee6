import { paymentSettingsKey } from '../table/account-keys.ts';
import { asRead, type IsCurrent } from '../table/as-read.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, optionalText, toItem } from '../table/item.ts';
import { putWith } from '../table/put-with.ts';

/** The ways in which bills are paid: not at all, or by another system that records what it did. */
export const paymentAdapters = ['none', 'invoice'] as const;

/** One of them. */
export type PaymentAdapter = (typeof paymentAdapters)[number];

/** Reads how the bills of an operator are paid: `none` until something else was set. */
export async function readPaymentAdapter(
  database: Database,
  operatorId: string,
): Promise<PaymentAdapter> {
  return adapterFrom(await getItem(database, paymentSettingsKey(operatorId), true));
}

function adapterFrom(item: Item | undefined): PaymentAdapter {
  const adapter = item && optionalText(item, 'adapter');
  return paymentAdapters.find((one) => one === adapter) ?? 'none';
}

/** Keeps how the bills of an operator are paid, if what held before is what `isCurrent` takes it for. */
export async function writePaymentAdapter(
  database: Database,
  operatorId: string,
  adapter: PaymentAdapter,
  isCurrent?: IsCurrent<PaymentAdapter>,
): Promise<'written' | 'changed'> {
  const Item = toItem({ ...paymentSettingsKey(operatorId), kind: 'PAYMENTS', adapter });
  if (isCurrent === undefined) {
    await putWith(database, { Item }, []);
    return 'written';
  }
  const before = await getItem(database, paymentSettingsKey(operatorId), true);
  const isSame =
    isCurrent(adapterFrom(before)) &&
    (await putWith(database, { Item, ...asRead(before, ['adapter']) }, []));
  return isSame ? 'written' : 'changed';
}
