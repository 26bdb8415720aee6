import { sameParty } from '../../core/ocpi/model/same-party.ts';
import type { Partner, PartnerRegistration } from '../../core/ocpi/partner/partner.ts';
import { pushEndpoint } from '../../core/ocpi/partner/push-endpoint.ts';
import { pushRequests, type Written } from '../../core/ocpi/push/push-requests.ts';
import { coalescedFor, isOnlyEnergy } from '../../core/ocpi/push/push-schedule.ts';
import { type PushedModule, partnersRole } from '../../core/ocpi/push/pushed-modules.ts';
import type { ConnectionQuirkName } from '../../core/ocpi/quirks/connection-quirks.ts';
import type { PushMessage } from '../outbound/delivery-message.ts';
import { clientRefusal } from '../roaming/client-refusal.ts';
import { readWritten, type WrittenPublication } from '../roaming/written-publication.ts';
import { readPartner } from '../store/partners/partners.ts';
import {
  claimPush,
  keepPush,
  type PartnerPush,
  type PushClaim,
  readPush,
} from '../store/partners/pushes.ts';
import {
  isPlanned,
  noteFailure,
  noteImpossible,
  notePostponed,
  noteSent,
  type Pushing,
  type PushResult,
} from './note-push.ts';
import { heldBy, type PushDue, pushDueTo, withdrawnFrom } from './push-due-to.ts';
import { type PushOutcome, sendPush } from './send-push.ts';

/** Longer than a function may run, ms. */
const claimedFor = 45_000;
/** Seconds after which is looked again while another function pushes the same object. */
const busySeconds = 5;

const isUpToDate = (push: PartnerPush | undefined, { revision }: WrittenPublication): boolean =>
  push !== undefined && push.sentRevision === revision;

/** How long a push has to wait, ms: while it fails until it is due again, and where only energy changed, for a minute. */
function waitOf(push: PartnerPush, object: Written, now: number): number {
  const planned = push.plannedAt === undefined ? 0 : Date.parse(push.plannedAt) - now;
  if (push.attempts > 0) return Math.max(0, planned);
  const held = heldBy(push);
  const sentAt = push.sentAt === undefined ? 0 : Date.parse(push.sentAt);
  return push.module === 'sessions' && held !== undefined && isOnlyEnergy(held, object)
    ? Math.max(0, sentAt + coalescedFor - now)
    : 0;
}

/** Why nothing may be sent to a partner, or to the party behind a hub that an object is for. */
async function refusal(
  { database }: Pushing,
  partner: Partner,
  module: PushedModule,
  { receiver }: WrittenPublication,
): Promise<string | undefined> {
  if (partner.suspendedAt !== undefined) return 'The partner is suspended.';
  return receiver && (await clientRefusal(database, partner, receiver, partnersRole(module)));
}

/** Whether a message comes for a party that is connected again, and the object is for that party: undefined where it is for another one. */
function wokenBy(
  { wokenFor }: PushMessage,
  { receiver }: WrittenPublication,
): 'woken' | 'asleep' | undefined {
  if (wokenFor === undefined) return 'asleep';
  return receiver !== undefined && sameParty(receiver, wokenFor) ? 'woken' : undefined;
}

async function push(
  pushing: Pushing,
  { wokenFor, ...message }: PushMessage,
  claim: PushClaim,
  partner: Partner,
  registration: PartnerRegistration,
  endpoint: string,
  publication: PushDue,
): Promise<PushResult> {
  const { services, database } = pushing;
  const { written, owner, isWithdrawn } = publication;
  if (isUpToDate(claim.push, publication)) {
    await keepPush(database, claim, claim.push);
    return 'dropped';
  }
  if (written.kind === 'impossible') {
    return await noteImpossible(pushing, claim, publication, written.reason);
  }
  const after = written.object as Written;
  const wait = wokenFor === undefined ? waitOf(claim.push, after, services.now()) : 0;
  if (wait > 0) return await notePostponed(pushing, message, claim, wait);
  const refused = await refusal(pushing, partner, message.module, publication);
  const outcome: PushOutcome =
    refused === undefined
      ? await sendPush(
          pushing,
          partner,
          registration,
          endpoint,
          publication,
          pushRequests(message.module, {
            version: registration.version,
            quirks: partner.quirks as readonly ConnectionQuirkName[],
            place: [owner.countryCode, owner.partyId, publication.id ?? message.objectId],
            formerly: await withdrawnFrom(database, partner, claim.push, publication),
            isWithdrawn,
            before: heldBy(claim.push),
            after,
          }),
        )
      : { kind: 'failed', failure: { message: refused } };
  return outcome.kind === 'failed'
    ? await noteFailure(pushing, message, claim, outcome)
    : await noteSent(pushing, claim, publication, written, outcome.location);
}

/**
 * Brings a partner up to date with an object, if it is not: what it has and what it is to have decide, so that messages may come
 * twice, late and in any order. One function at a time pushes an object, so that its changes arrive in order.
 */
export async function deliverPush(pushing: Pushing, message: PushMessage): Promise<PushResult> {
  const { database, send, services, newClaim } = pushing;
  if (message.waitSeconds > 0) {
    await send([message]);
    return 'waits';
  }
  const partner = await readPartner(database, message.operatorId, message.partnerId);
  const registration = partner?.registration;
  // One that has no such endpoint reads what it wants.
  const endpoint = registration && pushEndpoint(registration, message.module);
  if (partner === undefined || registration === undefined || endpoint === undefined) {
    return 'dropped';
  }
  const written = await readWritten(database, message, partner, registration);
  if (written === undefined) return 'dropped';
  const now = services.now();
  const before = await readPush(database, message);
  const publication = await pushDueTo(database, partner, message.module, before, written);
  if (publication === undefined) return 'dropped';
  // While it fails, the message of its next attempt is on its way.
  const woken = wokenBy(message, publication);
  const isTried = woken === 'asleep' && before !== undefined && before.attempts > 0;
  const isCovered = woken === undefined || (isTried && isPlanned(before, now));
  if (isUpToDate(before, publication) || isCovered) return 'dropped';
  const claim = await claimPush(database, message, newClaim(), now, now + claimedFor);
  if (claim === 'busy') {
    await send([{ ...message, waitSeconds: busySeconds }]);
    return 'waits';
  }
  return await push(pushing, message, claim, partner, registration, endpoint, publication);
}
