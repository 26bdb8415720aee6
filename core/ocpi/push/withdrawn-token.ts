import type { JsonLiteral } from '../../units/json-literals.ts';
import type { Party } from '../model/party.ts';

type Document = { readonly [name: string]: JsonLiteral };

/** A token in the words of a version as one of the party that it is not of any more: it is not valid there. OCPI deletes no tokens. */
export const withdrawnToken = (token: Document, { countryCode, partyId }: Party): Document => ({
  ...token,
  // 2.1.1 names the party in the address alone.
  ...(token['party_id'] === undefined ? {} : { country_code: countryCode, party_id: partyId }),
  valid: false,
});
