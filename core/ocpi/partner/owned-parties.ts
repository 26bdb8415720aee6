import type { CredentialsRole } from '../model/credentials.ts';
import type { Party } from '../model/party.ts';
import { sameParty } from '../model/same-party.ts';

/** Says whether a party is one that a partner speaks for, in a role; 2.1.1 does not say which role a party has. */
export const isOwnParty = (
  roles: readonly CredentialsRole[],
  party: Party,
  role: 'CPO' | 'EMSP',
): boolean =>
  roles.some((one) => sameParty(one, party) && (one.role ?? role).toUpperCase() === role);
