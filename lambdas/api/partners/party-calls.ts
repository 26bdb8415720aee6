import type { ClientInfo } from '../../../core/ocpi/model/client-info.ts';
import { refused } from '../../http/answer.ts';
import { readPartner } from '../../store/partners/partners.ts';
import { listHubClients } from '../../store/received/hub-clients.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';

const partyView = (clients: readonly ClientInfo[]) => ({
  countryCode: clients[0]?.countryCode ?? '',
  partyId: clients[0]?.partyId ?? '',
  roles: clients.map(({ role, status, lastUpdated }) => ({ role, status, lastUpdated })),
});

/** Lists the parties behind a hub, as it says what their connection is; none of any other partner. */
export async function listPartiesCall(
  { database, operatorId }: Caller,
  partnerId: string,
  page: ListRequest,
) {
  if ((await readPartner(database, operatorId, partnerId)) === undefined) {
    return refused('PARTNER_NOT_FOUND');
  }
  const { items, next } = await listHubClients(database, operatorId, partnerId, page);
  return { items: items.map(partyView), next };
}
