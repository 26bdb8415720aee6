import type { Party } from '../model/party.ts';

/**
 * The name by which the lists of partners keep a tariff of a party beside the same one of another party, which has the tariff's id. Each
 * party has a tariff of its own in OCPI, also where two of ours charge by the same one.
 */
export const tariffOfParty = (tariffId: string, { countryCode, partyId }: Party): string =>
  `${tariffId}~${countryCode}~${partyId}`;
