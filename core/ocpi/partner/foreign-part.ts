import type { CredentialsRole } from '../model/credentials.ts';
import type { Party } from '../model/party.ts';
import { sameParty } from '../model/same-party.ts';

/**
 * The field by which the party of an object is not one of a partner's: its country where the partner has a party of that id in another
 * country alone, else its id.
 */
export const foreignPart = (
  roles: readonly CredentialsRole[],
  party: Party,
): 'country_code' | 'party_id' => {
  const named = roles.filter(
    ({ partyId }) => partyId.toUpperCase() === party.partyId.toUpperCase(),
  );
  return named.length > 0 && !named.some((one) => sameParty(one, party))
    ? 'country_code'
    : 'party_id';
};
