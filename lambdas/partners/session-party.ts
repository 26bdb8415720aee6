import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import { partiesAs, partyFor } from '../../core/ocpi/partner/party-for.ts';
import { readCharger } from '../store/chargers/chargers.ts';
import { readLocation } from '../store/locations/locations.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Finds the party of ours at whose charger a session is: that of its location. Nothing is read where we are one party as CPO;
 * undefined where the location is of a party that we are not.
 */
export async function readSessionParty(
  database: Database,
  parties: readonly OurParty[],
  { session: { operatorId }, chargerKey, locationId }: StoredSession,
): Promise<OurParty | undefined> {
  const [first, ...others] = partiesAs(parties, 'CPO');
  if (others.length === 0) return first;
  const at = locationId ?? (await readCharger(database, chargerKey))?.locationId;
  const location = at === undefined ? undefined : await readLocation(database, operatorId, at);
  return partyFor(parties, 'CPO', location?.party);
}
