import type { Party } from '../model/party.ts';
import { sameParty } from '../model/same-party.ts';
import type { OurParty, OurRole } from './our-party.ts';

/** The parties of ours that play a role, the first one first. */
export const partiesAs = (parties: readonly OurParty[], role: OurRole): readonly OurParty[] =>
  parties.filter(({ roles }) => roles.includes(role));

/**
 * The party of ours that something is of: the one that it names, else the first of the role. Undefined where it names one that we
 * are not in this role.
 */
export const partyFor = (
  parties: readonly OurParty[],
  role: OurRole,
  named: Party | undefined,
): OurParty | undefined => {
  const played = partiesAs(parties, role);
  return named === undefined ? played[0] : played.find((one) => sameParty(one, named));
};
