import { callApi, listApi } from '../../../clients/operator-api.ts';
import type { StackAccess } from '../../../clients/stack-access.ts';
import { roamingToken } from '../scenario.ts';
import { eventually } from './eventually.ts';
import { haveParty } from './have-party.ts';
import { showCharger } from './show-charger.ts';

/** A charger as the operator of a roaming driver knows it. */
export type RoamingPlace = { readonly roamingLocationId: string; readonly evseUid: string };

/** The charger at which a roaming driver will charge, and how its operator knows it: after a while, or never. */
export type Roaming = {
  readonly emsp: StackAccess;
  readonly chargerId: string;
  readonly place: Promise<RoamingPlace | undefined>;
};

type Location = { readonly roamingLocationId: string };
type Evse = { readonly evseUid: string; readonly physicalReference: string | null };

/** The two operators of the demo that are partners of each other: whose chargers they are, and whose driver it is. */
export type RoamingOperators = { readonly cpo: StackAccess; readonly emsp: StackAccess };

/** Makes two operators partners of each other, and waits until the one of the driver sees a charger of the other; undefined where that takes too long. */
export async function roamingPlace(
  { cpo, emsp }: RoamingOperators,
  chargerId: string,
  interrupted: AbortSignal,
): Promise<RoamingPlace | undefined> {
  const partnerId = await haveParty(emsp, {
    partyId: 'DRV',
    businessName: 'Demo Drive',
    role: 'EMSP',
  });
  await callApi(emsp, 'POST', '/tokens', { tokenId: roamingToken, accountId: 'noor' });
  await haveParty(cpo, { partyId: 'JGD', businessName: 'Demo Charge', role: 'CPO' });
  await showCharger(cpo, chargerId);
  return await eventually(interrupted, async () => {
    await callApi(emsp, 'POST', `/partners/${partnerId}/pulls`, { modules: ['locations'] });
    return await findPlace(emsp, chargerId);
  });
}

async function findPlace(emsp: StackAccess, chargerId: string): Promise<RoamingPlace | undefined> {
  for await (const { roamingLocationId } of listApi<Location>(emsp, '/roaming/locations')) {
    const evses = listApi<Evse>(emsp, `/roaming/locations/${roamingLocationId}/evses`);
    for await (const { evseUid, physicalReference } of evses) {
      if (physicalReference === chargerId) return { roamingLocationId, evseUid };
    }
  }
  return undefined;
}
