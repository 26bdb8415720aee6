import { asRead, type IsCurrent } from '../table/as-read.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, optionalText, toItem } from '../table/item.ts';
import { paymentSettingsKey } from '../table/keys/account-keys.ts';
import { putWith } from '../table/put-with.ts';

/** The ways in which bills are paid: not at all, by another system that records what it did, or by card at Stripe. */
export const paymentAdapters = ['none', 'invoice', 'stripe'] as const;

/** One of them. */
export type PaymentAdapter = (typeof paymentAdapters)[number];

/** The account of an operator at Stripe; its secrets are encrypted. */
export type StripeSettings = {
  readonly sealedSecretKey: string;
  readonly sealedWebhookSecret: string;
  readonly apiUrl: string;
  /** The amount that is held at first and the most that it may be raised to, decimals with VAT, by currency. */
  readonly holds: Readonly<Record<string, { readonly amount: string; readonly most: string }>>;
};

/** How the bills of an operator are paid. */
export type PaymentSettings = {
  readonly adapter: PaymentAdapter;
  /** Kept while another adapter is chosen. */
  readonly stripe?: StripeSettings;
};

function settingsFrom(item: Item | undefined): PaymentSettings {
  const adapter = item && optionalText(item, 'adapter');
  return {
    adapter: paymentAdapters.find((one) => one === adapter) ?? 'none',
    ...(item?.['stripe'] === undefined ? {} : { stripe: document<StripeSettings>(item, 'stripe') }),
  };
}

/** Reads how the bills of an operator are paid: `none` until something else was set. */
export async function readPaymentSettings(
  database: Database,
  operatorId: string,
): Promise<PaymentSettings> {
  return settingsFrom(await getItem(database, paymentSettingsKey(operatorId), true));
}

/** Keeps how the bills of an operator are paid, if what held before is what `isCurrent` takes it for. */
export async function writePaymentSettings(
  database: Database,
  operatorId: string,
  { adapter, stripe }: PaymentSettings,
  isCurrent?: IsCurrent<PaymentSettings>,
): Promise<'written' | 'changed'> {
  const Item = toItem({
    ...paymentSettingsKey(operatorId),
    kind: 'PAYMENTS',
    adapter,
    stripe: stripe && JSON.stringify(stripe),
  });
  if (isCurrent === undefined) {
    await putWith(database, { Item }, []);
    return 'written';
  }
  const before = await getItem(database, paymentSettingsKey(operatorId), true);
  const isSame =
    isCurrent(settingsFrom(before)) &&
    (await putWith(database, { Item, ...asRead(before, ['adapter', 'stripe']) }, []));
  return isSame ? 'written' : 'changed';
}
