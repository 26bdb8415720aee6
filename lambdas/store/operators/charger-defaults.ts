import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, optionalText } from '../table/item.ts';
import { settingsKey } from '../table/keys/operator-keys.ts';

/** The tariff and the time zone of an operator's chargers that have none of their own, nor a location with one. */
export type ChargerDefaults = {
  readonly tariffId?: string;
  /** IANA. */
  readonly timeZone?: string;
};

/** The defaults of chargers that the settings of an operator name. */
export const chargerDefaultsFrom = (settings: Item): ChargerDefaults =>
  omitUndefined({
    tariffId: optionalText(settings, 'tariffId'),
    timeZone: optionalText(settings, 'timeZone'),
  });

/** Reads the defaults of an operator's chargers. */
export async function readChargerDefaults(
  database: Database,
  operatorId: string,
): Promise<ChargerDefaults> {
  const settings = await getItem(database, settingsKey(operatorId), true);
  return settings === undefined ? {} : chargerDefaultsFrom(settings);
}
