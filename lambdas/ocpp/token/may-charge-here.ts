import { isBounded, isConnectedTo } from '../../../core/ocpi/partner/connected-to.ts';
import { partiesAs, partyFor } from '../../../core/ocpi/partner/party-for.ts';
import type { ChargerContext } from '../../connection/charger-context.ts';
import { readLocation } from '../../store/locations/locations.ts';
import { readOurParties } from '../../store/partners/ocpi-settings.ts';
import { readPartner } from '../../store/partners/partners.ts';
import type { Database } from '../../store/table/client.ts';

/**
 * Says whether drivers of a partner may charge at a charger: not at one of a party of ours that the partner is not connected to, since it
 * would never get the CDR.
 */
export async function mayChargeHere(
  database: Database,
  { operatorId, locationId }: Pick<ChargerContext, 'operatorId' | 'locationId'>,
  partnerId: string,
): Promise<boolean> {
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined || !isBounded(partner)) return true;
  const parties = await readOurParties(database, operatorId);
  if (partiesAs(parties, 'CPO').length <= 1 && partner.ourParties === undefined) return true;
  const location =
    locationId === undefined ? undefined : await readLocation(database, operatorId, locationId);
  const party = partyFor(parties, 'CPO', location?.party);
  return party !== undefined && isConnectedTo(partner, parties, party);
}
