import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import { isOwnParty } from '../../core/ocpi/partner/owned-parties.ts';
import type { Partner } from '../../core/ocpi/partner/partner.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Says whether a partner may send what is a party's: its own parties', as it registered them. A hub of 2.2.1 does not state the parties
 * behind it, and brings what is anybody's but ours.
 */
export async function speaksFor(
  database: Database,
  { operatorId, registration }: Pick<Partner, 'operatorId' | 'registration'>,
  party: Party,
  role: 'CPO' | 'EMSP',
): Promise<boolean> {
  if (registration === undefined) return false;
  if (hubOf(registration) === undefined) return isOwnParty(registration.roles, party, role);
  const ours = await readOurParties(database, operatorId);
  return !ours.some((one) => sameParty(one, party));
}
