import type { Party } from '../model/party.ts';
import { sameParty } from '../model/same-party.ts';

/** Who a message of a functional module is from and for; no receiver where a hub chooses it. */
export type Routing = { readonly to?: Party; readonly from?: Party };

/** How a message travels. */
export type Journey =
  /** To one party, directly or through a hub. */
  | { readonly kind: 'party'; readonly receiver: Party }
  /** A push for everyone, which the hub passes on to each. */
  | { readonly kind: 'broadcast'; readonly hub: Party }
  /** The hub finds the receiver. */
  | { readonly kind: 'open' }
  /** A list of everything that the hub's parties have. */
  | { readonly kind: 'get-all'; readonly hub: Party };

/** The modules that are configured between platforms, and carry no routing headers. */
const configuration = ['versions', 'credentials', 'hubclientinfo'];

/** The routing of a request; none for a module of configuration. */
export const requestRouting = (module: string, us: Party, journey: Journey): Routing => {
  if (configuration.includes(module)) return {};
  switch (journey.kind) {
    case 'party':
      return { to: journey.receiver, from: us };
    case 'broadcast':
    case 'get-all':
      return { to: journey.hub, from: us };
    case 'open':
      return { from: us };
    default:
      return journey satisfies never;
  }
};

/** The routing of the answer to a request: back to where it came from, from the party that answers. */
export const responseRouting = ({ to, from }: Routing, answering: Party): Routing => {
  if (from === undefined) return {};
  return { to: from, from: to ?? answering };
};

/** The routing that a hub gives a message for one of the parties of a broadcast: from the hub itself. */
export const broadcastRouting = (hub: Party, receiver: Party): Routing => ({
  to: receiver,
  from: hub,
});

/** The headers that say which party a message is for and which it is of; none for a party that is not named. */
export const routingHeaders = ({ to, from }: Routing): { readonly [name: string]: string } => ({
  ...(to === undefined
    ? {}
    : { 'OCPI-to-country-code': to.countryCode, 'OCPI-to-party-id': to.partyId }),
  ...(from === undefined
    ? {}
    : { 'OCPI-from-country-code': from.countryCode, 'OCPI-from-party-id': from.partyId }),
});

const partyIn = (
  countryCode: string | undefined,
  partyId: string | undefined,
): Party | undefined =>
  countryCode === undefined || partyId === undefined ? undefined : { countryCode, partyId };

/** Reads the routing of a message; names of headers in lower case. */
export const readRouting = (headers: {
  readonly [lowerCaseName: string]: string | undefined;
}): Routing => {
  const to = partyIn(headers['ocpi-to-country-code'], headers['ocpi-to-party-id']);
  const from = partyIn(headers['ocpi-from-country-code'], headers['ocpi-from-party-id']);
  return { ...(to === undefined ? {} : { to }), ...(from === undefined ? {} : { from }) };
};

/**
 * The party behind a hub that a request is from; undefined where the hub asks itself, and for any other platform, whose token says
 * who asks.
 */
export const askingThrough = (
  hub: Party | undefined,
  { from }: Pick<Routing, 'from'>,
): Party | undefined =>
  hub === undefined || from === undefined || sameParty(from, hub) ? undefined : from;

/**
 * The party of ours that a partner's message is for. On a link with one party of ours the header is not needed; a
 * partner that names itself there is known for it (`own-party-in-to`). Undefined: no such party.
 */
export const receiverOf = (
  { to, from }: Routing,
  ours: readonly Party[],
  tolerates: readonly string[] = [],
): Party | undefined => {
  const [only] = ours;
  if (to === undefined) return ours.length === 1 ? only : undefined;
  const named = ours.find((each) => sameParty(each, to));
  const namesItself = from !== undefined && sameParty(to, from);
  return named ?? (namesItself && tolerates.includes('own-party-in-to') ? only : undefined);
};
