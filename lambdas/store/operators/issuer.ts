import type { Issuer } from '../../../core/receipt/issuer.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item } from '../table/item.ts';
import { settingsKey } from '../table/keys/operator-keys.ts';

/** Who sells by an item that keeps it, such as the settings of an operator; undefined where it has none. */
export const issuerIn = (item: Item | undefined): Issuer | undefined =>
  item?.['issuer'] === undefined ? undefined : document<Issuer>(item, 'issuer');

/** Reads who sells at an operator by its settings; undefined until it was set. */
export const readIssuer = async (
  database: Database,
  operatorId: string,
): Promise<Issuer | undefined> => issuerIn(await getItem(database, settingsKey(operatorId), true));
