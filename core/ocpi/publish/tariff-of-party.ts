import type { Party } from '../model/party.ts';
import { sameParty } from '../model/same-party.ts';

/**
 * The name by which the lists of partners keep a tariff: its id, followed by the party where that is not the first of ours. Each party has
 * a tariff of its own in OCPI, also where two of ours charge by the same one.
 */
export const tariffOfParty = (tariffId: string, party: Party, first: Party | undefined): string =>
  first === undefined || sameParty(party, first)
    ? tariffId
    : `${tariffId}~${party.countryCode}~${party.partyId}`;
