import {
  deploymentHub,
  deploymentHubEndpoints,
  deploymentHubVersion,
  joinHub,
  membersOf,
} from '../../../core/ocpi/hub/deployment-hub.ts';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { type Refused, refused } from '../../http/answer.ts';
import { type KeepAnswer, keptPart } from '../../http/keep-answer.ts';
import { newPartnerToken } from '../../roaming/new-partner-token.ts';
import { versionsUrlOf } from '../../roaming/roaming-services.ts';
import { sealToken } from '../../roaming/sealed-token.ts';
import { servedModules } from '../../roaming/served-modules.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { hubMembersPart, readHubMembers } from '../../store/partners/hub-members.ts';
import { readOurParties } from '../../store/partners/ocpi-settings.ts';
import { createPartner, deletePartner } from '../../store/partners/partners.ts';
import type { Caller } from '../api-route.ts';

/** Operators rarely join at the same time. */
const mostMeetings = 5;

/** Keeps a partner that is the hub between the operators of the deployment, registered at once: both sides are this deployment. */
export async function joinDeploymentHub(
  caller: Caller,
  form: Partner,
  answerOf: (partner: Partner) => Parameters<typeof keptPart>[1],
  keepAnswer: KeepAnswer | undefined,
): Promise<
  | { readonly kind: 'joined'; readonly partner: Partner }
  | Refused<
      'IDEMPOTENCY_KEY_REUSED' | 'OCPI_SETTINGS_MISSING' | 'PARTY_TAKEN' | 'HUB_JOINED_ALREADY'
    >
> {
  const { database, operatorId, now } = caller;
  const services = await caller.roaming();
  const token = newPartnerToken();
  const partner: Partner = {
    ...form,
    versions: [deploymentHubVersion],
    ofDeployment: true,
    accepted: { current: secretHash(token) },
    registration: {
      version: deploymentHubVersion,
      encoding: 'base64',
      versionsUrl: versionsUrlOf(services),
      endpoints: deploymentHubEndpoints(servedModules, services.ocpiUrl),
      roles: [],
      hub: deploymentHub,
      sealedToken: sealToken(await services.keyOf(form), token),
      registeredAt: now,
    },
  };
  const joining = membersOf(await readOurParties(database, operatorId), partner);
  if (joining.length === 0) return refused('OCPI_SETTINGS_MISSING');
  for (let n = 0; n < mostMeetings; n += 1) {
    const known = await readHubMembers(database);
    // A second one would take the parties of the first, which stayed and reached nobody.
    if (known.members.some((one) => one.operatorId === operatorId)) {
      return refused('HUB_JOINED_ALREADY');
    }
    const members = joinHub(known.members, joining);
    if (members === 'taken') return refused('PARTY_TAKEN');
    const parts = keptPart(keepAnswer, answerOf(partner));
    const member = hubMembersPart(database, known, members);
    if ((await createPartner(database, partner, [member, ...parts])) === 'created') {
      return { kind: 'joined', partner };
    }
    const { revision } = await readHubMembers(database);
    // Nobody else joined: the key of the request was used for another.
    if (revision === known.revision) return refused('IDEMPOTENCY_KEY_REUSED');
  }
  throw new ConcurrentUpdateError('The members of the hub kept being changed');
}

/** Deletes a partner that is the hub of the deployment: its operator is reached through it no more. */
export async function leaveDeploymentHub(
  { database }: Caller,
  partner: Partner,
): Promise<'deleted' | 'changed'> {
  const known = await readHubMembers(database);
  const members = known.members.filter(({ partnerId }) => partnerId !== partner.partnerId);
  return await deletePartner(database, partner, [hubMembersPart(database, known, members)]);
}
