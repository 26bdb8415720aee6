import type { OcpiOutcome } from '../envelope/outcome.ts';
import type { ClientInfo } from '../model/client-info.ts';
import type { Party } from '../model/party.ts';
import { sameParty } from '../model/same-party.ts';
import type { Routing } from './routing-headers.ts';

/** A message on its way through a hub. */
export type Passing = {
  readonly routing: Routing;
  readonly module: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The role that the receiving side of the message plays; the sender's interface is read, the receiver's pushed to. */
  readonly receiverRole: string;
};

/** The way that a message takes from a hub. */
export type HubRoute =
  | { readonly kind: 'pass-on'; readonly receiver: Party }
  | { readonly kind: 'broadcast'; readonly receivers: readonly Party[] }
  | { readonly kind: 'get-all'; readonly sources: readonly Party[] }
  | { readonly kind: 'refuse'; readonly outcome: OcpiOutcome };

/** Data for everyone; CDRs and sessions belong to one party each. */
const forEveryone = ['tokens', 'locations', 'tariffs'];

/** Says whether anything may be sent to a party: not while it is offline, planned or suspended. */
export const isReachable = ({ status }: ClientInfo): boolean => status === 'CONNECTED';

const refuse = (
  kind: OcpiOutcome['kind'] & ('hub-unknown-receiver' | 'hub-connection-problem'),
): HubRoute => ({
  kind: 'refuse',
  outcome: { kind },
});

const refuseBroadcast = (module: string): HubRoute => ({
  kind: 'refuse',
  outcome: {
    kind: 'invalid',
    problems: [{ path: 'OCPI-to-party-id', message: `${module} cannot be sent to everyone.` }],
  },
});

/**
 * Routes a message through a hub: to the party it names, to everyone of the fitting role when it names the hub, or, when
 * it names nobody, to the one party that `find` knows for it.
 */
export const routeInHub = (
  { routing: { to, from }, module, method, receiverRole }: Passing,
  hub: Party,
  clients: readonly ClientInfo[],
  find: () => Party | undefined,
): HubRoute => {
  const isOther = (client: ClientInfo): boolean => from === undefined || !sameParty(client, from);
  if (to !== undefined && sameParty(to, hub)) {
    const others = clients.filter(
      (client) => client.role === receiverRole && isOther(client) && isReachable(client),
    );
    if (method === 'GET') return { kind: 'get-all', sources: others };
    return forEveryone.includes(module)
      ? { kind: 'broadcast', receivers: others }
      : refuseBroadcast(module);
  }
  const receiver = to ?? find();
  const client = clients.find((each) => receiver !== undefined && sameParty(each, receiver));
  if (client === undefined) return refuse('hub-unknown-receiver');
  return isReachable(client)
    ? { kind: 'pass-on', receiver: { countryCode: client.countryCode, partyId: client.partyId } }
    : refuse('hub-connection-problem');
};

/**
 * The owner of an object that was pushed: the party of the URL and of the object, never of the header FROM, which names
 * the hub on a broadcast. Undefined where they contradict each other.
 */
export const ownerOf = (
  inUrl: Party | undefined,
  inObject: Party | undefined,
): Party | undefined => {
  if (inUrl === undefined || inObject === undefined) return inUrl ?? inObject;
  return sameParty(inUrl, inObject) ? inUrl : undefined;
};
