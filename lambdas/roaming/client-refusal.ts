import { clientStatus, maySend } from '../../core/ocpi/hub/client-status.ts';
import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import type { Partner } from '../../core/ocpi/partner/partner.ts';
import { readHubClients } from '../store/received/hub-clients.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Why nothing may be sent to a party in a role behind a hub, as a sentence: the hub says that it is offline, planned or suspended.
 * Undefined where it may, and for a partner that is no hub.
 */
export async function clientRefusal(
  database: Database,
  {
    operatorId,
    partnerId,
    registration,
  }: Pick<Partner, 'operatorId' | 'partnerId' | 'registration'>,
  party: Party,
  role: 'CPO' | 'EMSP',
): Promise<string | undefined> {
  const hub = registration && hubOf(registration);
  if (hub === undefined || sameParty(hub, party)) return undefined;
  const { clients } = await readHubClients(database, operatorId, partnerId, party);
  const status = clientStatus(clients, role);
  return maySend(status)
    ? undefined
    : `The hub says that ${party.countryCode} ${party.partyId} is ${status}.`;
}
