import {
  type BillingSettings,
  defaultBillingSettings,
} from '../../../core/cdr/compute/billing-settings.ts';
import { defaultTariffFrom } from '../operators/default-tariff.ts';
import { asRead, type IsCurrent } from '../table/as-read.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, toItem } from '../table/item.ts';
import { settingsKey } from '../table/keys.ts';
import { putWith } from '../table/put-with.ts';

/** Reads how an operator bills what did not go as charging should: the defaults until something else was set. */
export async function readBillingSettings(
  database: Database,
  operatorId: string,
): Promise<BillingSettings> {
  return settingsFrom(await getItem(database, settingsKey(operatorId), true));
}

const settingsFrom = (item: Item | undefined): BillingSettings =>
  item === undefined
    ? defaultBillingSettings
    : { ...defaultBillingSettings, ...document<Partial<BillingSettings>>(item, 'billing') };

/** Settings of an operator as they are kept: how it bills, and the tariff of its chargers that have none, nor a location with one. */
export type KeptSettings = { readonly settings: BillingSettings; readonly tariffId?: string };

/** Keeps the settings of an operator in the place of what held before, if that is what `isCurrent` takes it for. */
export async function writeBillingSettings(
  database: Database,
  operatorId: string,
  { settings, tariffId }: KeptSettings,
  isCurrent?: IsCurrent<KeptSettings>,
): Promise<'written' | 'changed'> {
  const Item = toItem({
    ...settingsKey(operatorId),
    kind: 'SETTINGS',
    billing: JSON.stringify(settings),
    tariffId,
  });
  if (isCurrent === undefined) {
    await putWith(database, { Item }, []);
    return 'written';
  }
  const before = await getItem(database, settingsKey(operatorId), true);
  const tariffBefore = before && defaultTariffFrom(before);
  const kept = {
    settings: settingsFrom(before),
    ...(tariffBefore === undefined ? {} : { tariffId: tariffBefore }),
  };
  const isSame =
    isCurrent(kept) &&
    (await putWith(database, { Item, ...asRead(before, ['billing', 'tariffId']) }, []));
  return isSame ? 'written' : 'changed';
}
