import type { Credentials } from '../model/credentials.ts';
import type { Party } from '../model/party.ts';

/** The roles of a partner and, where it is known to be a hub, its party. */
export type MaybeHub = Pick<Credentials, 'roles'> & { readonly hub?: Party };

/**
 * The party of a hub by its credentials: in 2.3.0 that of `hub_party_id`, which is a country code and a party id, in 2.2.1 that
 * of the role HUB. Undefined for any other platform.
 */
export const hubInCredentials = ({
  roles,
  hubPartyId,
}: Pick<Credentials, 'roles' | 'hubPartyId'>): Party | undefined => {
  if (hubPartyId !== undefined && /^[A-Za-z]{2}\S{3}$/.test(hubPartyId)) {
    return { countryCode: hubPartyId.slice(0, 2), partyId: hubPartyId.slice(2) };
  }
  const role = roles.find((one) => one.role?.toUpperCase() === 'HUB');
  return role && { countryCode: role.countryCode, partyId: role.partyId };
};

/** The party of the hub that a partner is; undefined for a platform that speaks for its own parties alone. */
export const hubOf = ({ roles, hub }: MaybeHub): Party | undefined =>
  hub ?? hubInCredentials({ roles });
