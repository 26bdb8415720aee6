import type { Party } from '../../core/ocpi/model/party.ts';
import { isConnectedTo } from '../../core/ocpi/partner/connected-to.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import type { Partner } from '../../core/ocpi/partner/partner.ts';
import { pricedAs } from '../../core/session/price-list.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import type { Database } from '../store/table/client.ts';
import { publishTariff } from './publish-tariff.ts';
import { pushTo } from './push-to-partners.ts';

/**
 * Shows each partner with a price list of its own the tariffs that it has instead of these, of places; a tariff that changed itself
 * (`onlyIfSeen`) only to those who see it.
 */
export async function showPriceLists(
  { database, push }: { readonly database: Database; readonly push: SendOutbound },
  { party, parties }: { readonly party: Party; readonly parties: readonly OurParty[] },
  partners: readonly Partner[],
  tariffIds: readonly string[],
  { onlyIfSeen }: { readonly onlyIfSeen: boolean },
): Promise<void> {
  for (const partner of partners) {
    const { operatorId, partnerId: scope, tariffIds: prices } = partner;
    if (prices === undefined || !isConnectedTo(partner, parties, party)) continue;
    const named = onlyIfSeen ? tariffIds : tariffIds.map((tariffId) => pricedAs(tariffId, prices));
    for (const tariffId of new Set(named)) {
      const tariff = { tariffId, party, parties };
      const how = { onlyIfSeen, scope };
      const { change, name } = await publishTariff(database, tariff, operatorId, how);
      if (change === 'published') {
        await pushTo({ push }, [partner], [{ module: 'tariffs', objectId: name }]);
      }
    }
  }
}
