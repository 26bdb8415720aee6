import type { Party } from '../model/party.ts';

/** A role that we play for partners: we run chargers, or have drivers. */
export type OurRole = 'CPO' | 'EMSP';

/** A party that an operator is for its partners, with the roles it can play. */
export type OurParty = Party & {
  readonly businessName: string;
  readonly website?: string;
  readonly roles: readonly OurRole[];
};
