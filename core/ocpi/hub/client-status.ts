import type { ClientInfo } from '../model/client-info.ts';
import { isOutdated } from '../received/times-ahead.ts';

/**
 * The status of a party in a role by all that a hub says about the party: that of the role, else that of another.
 * Undefined where it says nothing.
 */
export const clientStatus = (clients: readonly ClientInfo[], role: string): string | undefined => {
  const inRole = clients.filter((client) => client.role.toUpperCase() === role.toUpperCase());
  const meant = inRole.length > 0 ? inRole : clients;
  const connected = meant.find(({ status }) => status === 'CONNECTED');
  return (connected ?? meant[0])?.status;
};

/** Says whether anything may be sent to a party with that status: a hub need not say anything about its parties. */
export const maySend = (status: string | undefined): boolean =>
  status === undefined || status === 'CONNECTED';

/**
 * All that is known about a party, with one more statement of the hub at a time in ISO 8601 in UTC: one for each role, the latest as the last.
 * Undefined where that is older than what is known.
 */
export const withClient = (
  known: readonly ClientInfo[],
  client: ClientInfo,
  receivedAt: string,
): readonly ClientInfo[] | undefined => {
  const isSame = (one: ClientInfo): boolean => one.role.toUpperCase() === client.role.toUpperCase();
  const held = known.find(isSame);
  if (isOutdated(client.lastUpdated, held?.lastUpdated, receivedAt)) return undefined;
  return [...known.filter((one) => !isSame(one)), client];
};
