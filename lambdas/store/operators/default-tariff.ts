import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, optionalText } from '../table/item.ts';
import { settingsKey } from '../table/keys/operator-keys.ts';

/** The tariff that an operator's settings name for chargers that have none, nor a location with one. */
export const defaultTariffFrom = (settings: Item): string | undefined =>
  optionalText(settings, 'tariffId');

/** Reads the tariff of an operator's chargers that have none, nor a location with one. */
export async function readDefaultTariff(
  database: Database,
  operatorId: string,
): Promise<string | undefined> {
  const settings = await getItem(database, settingsKey(operatorId), true);
  return settings && defaultTariffFrom(settings);
}
