import type { JsonLiteral } from '../../units/json-literals.ts';
import { isFields } from '../common/fields.ts';

/** Country and provider in the id of a contract (eMI3), with or without dashes: `DE-8AC-C12E46L89`. */
const contract = /^([A-Z]{2})-?([A-Z0-9]{3})/i;

/** A token of a CDR or session with the party of its contract, where it has none; any other value as it is. */
export const tokenWithParty = (token: JsonLiteral): JsonLiteral => {
  if (!isFields(token)) return token;
  const { contract_id: contractId, country_code: countryCode, party_id: partyId } = token;
  const [, country, provider] =
    typeof contractId === 'string' ? (contract.exec(contractId) ?? []) : [];
  if (country === undefined || provider === undefined) return token;
  return { ...token, country_code: countryCode ?? country, party_id: partyId ?? provider };
};
