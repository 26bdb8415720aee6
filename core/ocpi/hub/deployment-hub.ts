import { joinUrl } from '../envelope/join-url.ts';
import type { ClientInfo } from '../model/client-info.ts';
import type { Endpoint } from '../model/credentials.ts';
import type { Party } from '../model/party.ts';
import { sameParty } from '../model/same-party.ts';
import { connectedParties } from '../partner/connected-to.ts';
import { type OurModule, treeOf } from '../partner/our-endpoints.ts';
import type { OurParty, OurRole } from '../partner/our-party.ts';
import type { Partner } from '../partner/partner.ts';

/**
 * The party of the hub between the operators of one deployment. Nobody outside sees it, so that it needs no id of its own: ISO 3166
 * leaves ZZ to users.
 */
export const deploymentHub: Party = { countryCode: 'ZZ', partyId: 'HUB' };

/** The version that is spoken with it. */
export const deploymentHubVersion = '2.3.0';

/** The first step of the paths of it. */
export const deploymentHubTree = 'hub';

/** The first steps of the addresses of ours that a partner calls in a role of ours: those of the hub where it is the deployment's. */
export const treeFor = (
  { ofDeployment }: { readonly ofDeployment?: boolean },
  role: OurRole,
): readonly string[] =>
  ofDeployment === true ? [deploymentHubTree, treeOf(role)] : [treeOf(role)];

/** A party of an operator that others of the deployment reach through the hub, with the partner by which that operator knows the hub. */
export type HubMember = Party & {
  readonly roles: readonly OurRole[];
  readonly operatorId: string;
  readonly partnerId: string;
};

/** The endpoints of the hub: those of every module, for each role of whoever answers. */
export const deploymentHubEndpoints = (
  modules: readonly OurModule[],
  ocpiUrl: string,
): readonly Endpoint[] =>
  modules.map(({ role, module, side }) => ({
    identifier: module,
    role: side,
    url: joinUrl(ocpiUrl, [deploymentHubTree, treeOf(role), deploymentHubVersion, module]),
  }));

/** The members that an operator's parties become in the roles that they play towards the hub. */
export const membersOf = (
  parties: readonly OurParty[],
  partner: Pick<Partner, 'operatorId' | 'partnerId' | 'ourRoles' | 'ourParties'>,
): readonly HubMember[] => {
  const { operatorId, partnerId, ourRoles } = partner;
  return connectedParties(partner, parties).flatMap(({ countryCode, partyId, roles }) => {
    const played = roles.filter((role) => ourRoles.includes(role));
    return played.length === 0
      ? []
      : [{ countryCode, partyId, roles: played, operatorId, partnerId }];
  });
};

/** All members once others join; `taken` where one of them is a party that another operator is already, or the hub itself. */
export const joinHub = (
  members: readonly HubMember[],
  joining: readonly HubMember[],
): readonly HubMember[] | 'taken' => {
  const isTaken = joining.some(
    (one) =>
      sameParty(one, deploymentHub) ||
      members.some((other) => sameParty(one, other) && other.operatorId !== one.operatorId),
  );
  const others = members.filter((other) => !joining.some((one) => sameParty(one, other)));
  return isTaken ? 'taken' : [...others, ...joining];
};

/** The members as a hub knows its parties: one statement for each role. */
export const clientsOf = (members: readonly HubMember[]): readonly ClientInfo[] =>
  members.flatMap(({ countryCode, partyId, roles }) =>
    roles.map((role) => ({ countryCode, partyId, role, status: 'CONNECTED', lastUpdated: '' })),
  );
