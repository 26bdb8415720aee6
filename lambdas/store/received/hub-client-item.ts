import type { ClientInfo } from '../../../core/ocpi/model/client-info.ts';
import { document, type Item, text } from '../table/item.ts';
import { partnerOfHubPk } from '../table/keys/received-keys.ts';

/** Reads what a hub says about a party behind it from its item, with the partner that the hub is. */
export const hubClientFrom = (item: Item) => ({
  partnerId: partnerOfHubPk(text(item, 'pk')),
  clients: document<readonly ClientInfo[]>(item, 'clients'),
});
