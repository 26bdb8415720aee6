import type { Party } from './party.ts';

/** Says whether two parties are the same; ids are compared without regard to case. */
export const sameParty = (a: Party, b: Party): boolean =>
  a.countryCode.toUpperCase() === b.countryCode.toUpperCase() &&
  a.partyId.toUpperCase() === b.partyId.toUpperCase();
