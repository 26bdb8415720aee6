import type { PriceList } from '../../core/session/price-list.ts';
import type { StoredToken } from '../store/operators/tokens.ts';
import { readPartner } from '../store/partners/partners.ts';
import type { Database } from '../store/table/client.ts';

/** Reads what a roaming driver pays instead of the tariffs of places; nothing is read for a driver of the operator's own. */
export async function readPriceList(
  database: Database,
  operatorId: string,
  token: StoredToken | undefined,
): Promise<PriceList | undefined> {
  if (token?.partnerId === undefined) return undefined;
  return (await readPartner(database, operatorId, token.partnerId))?.tariffIds;
}
