import type { Party } from '../model/party.ts';
import { sameParty } from '../model/same-party.ts';
import type { OurParty } from './our-party.ts';
import type { Partner } from './partner.ts';

/** The facts by which a partner is connected to parties of ours. */
type Connection = Pick<Partner, 'ourParties' | 'ourRoles' | 'registration'>;

/** Says whether a partner may be connected to some parties of ours and not to others: 2.1.1 knows one for each connection. */
export const isBounded = ({ ourParties, registration }: Connection): boolean =>
  ourParties !== undefined || registration?.version === '2.1.1';

/**
 * The parties of ours that a partner is connected to, the first one first: those that its connection names, else all. In 2.1.1, whose
 * credentials state one party, it is the first of these in the role of the connection.
 */
export const connectedParties = (
  { ourParties, ourRoles, registration }: Connection,
  parties: readonly OurParty[],
): readonly OurParty[] => {
  const named = parties.filter(
    (party) => ourParties === undefined || ourParties.some((one) => sameParty(one, party)),
  );
  if (registration?.version !== '2.1.1') return named;
  const [role] = ourRoles;
  return named.filter(({ roles }) => role !== undefined && roles.includes(role)).slice(0, 1);
};

/** Says whether a partner is connected to a party of ours. */
export const isConnectedTo = (
  connection: Connection,
  parties: readonly OurParty[],
  party: Party,
): boolean => connectedParties(connection, parties).some((one) => sameParty(one, party));
