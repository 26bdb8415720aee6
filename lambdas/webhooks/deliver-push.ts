import type { Translation } from '../../core/ocpi/codec/translation.ts';
import { hubTrouble } from '../../core/ocpi/hub/hub-trouble.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import { isBounded, isConnectedTo } from '../../core/ocpi/partner/connected-to.ts';
import {
  type Partner,
  type PartnerRegistration,
  tariffScope,
} from '../../core/ocpi/partner/partner.ts';
import { pushEndpoint } from '../../core/ocpi/partner/push-endpoint.ts';
import { tariffOfParty } from '../../core/ocpi/publish/tariff-of-party.ts';
import { pushRequests, type Written } from '../../core/ocpi/push/push-requests.ts';
import {
  coalescedFor,
  isOnlyEnergy,
  pushWait,
  unknownReceiverWait,
} from '../../core/ocpi/push/push-schedule.ts';
import { type PushedModule, partnersRole } from '../../core/ocpi/push/pushed-modules.ts';
import type { ConnectionQuirkName } from '../../core/ocpi/quirks/connection-quirks.ts';
import { readJsonLiterals } from '../../core/units/json-literals.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { writeJsonLiterals } from '../../core/units/write-json-literals.ts';
import type { PushMessage } from '../outbound/delivery-message.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import { clientRefusal } from '../roaming/client-refusal.ts';
import { readWritten, type WrittenPublication } from '../roaming/written-publication.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { readPartner } from '../store/partners/partners.ts';
import { isPublished } from '../store/partners/publications.ts';
import {
  claimPush,
  keepPush,
  type PartnerPush,
  type PushClaim,
  readPush,
} from '../store/partners/pushes.ts';
import type { Database } from '../store/table/client.ts';
import { type PushOutcome, type Sending, sendPush } from './send-push.ts';

/** The surroundings of pushes to partners. */
export type Pushing = Sending & {
  readonly database: Database;
  readonly send: SendOutbound;
  readonly newClaim: () => string;
  /** A random number from 0 to 1. */
  readonly chance: () => number;
};

/** The outcome for a message: pushed, failed and to be tried again, given up, not sayable, not due yet, or nothing to do. */
export type PushResult = 'delivered' | 'again' | 'failed' | 'impossible' | 'waits' | 'dropped';

/** Longer than a function may run, ms. */
const claimedFor = 45_000;
/** Seconds after which is looked again while another function pushes the same object. */
const busySeconds = 5;

const iso = (at: number): string => new Date(at).toISOString();

const isUpToDate = (push: PartnerPush | undefined, { revision }: WrittenPublication): boolean =>
  push !== undefined && push.sentRevision === revision;

const heldBy = ({ sent }: PartnerPush): Written | undefined => {
  const read = sent === undefined ? undefined : readJsonLiterals(sent);
  return read?.kind === 'json' ? (read.value as Written) : undefined;
};

const nameOf = ({ countryCode, partyId }: Party): string => `${countryCode}-${partyId}`;

/** The party that an object says itself that it is of; 2.1.1 does not say it. */
const ownerIn = ({ country_code: countryCode, party_id: partyId }: Written): string | undefined =>
  typeof countryCode === 'string' && typeof partyId === 'string'
    ? nameOf({ countryCode, partyId })
    : undefined;

/** The party that the partner has an object of, where it is another one's by now. */
const formerOwner = (push: PartnerPush, { owner }: WrittenPublication): Party | undefined => {
  const held = heldBy(push);
  // An object that was pushed before that was kept says it itself.
  const kept = push.owner ?? (held && ownerIn(held));
  if (kept === undefined || kept === nameOf(owner)) return undefined;
  const [countryCode = '', partyId = ''] = kept.split('-');
  return { countryCode, partyId };
};

/**
 * The party whose object is to be taken back: none where that party has the object still, under another name, as a tariff that two of ours
 * charge by; that one is pushed by itself, at any time.
 */
async function withdrawnFrom(
  database: Database,
  partner: Partner,
  held: PartnerPush,
  publication: WrittenPublication,
): Promise<Party | undefined> {
  const former = formerOwner(held, publication);
  const { operatorId, module, objectId } = held;
  if (former === undefined || module !== 'tariffs') return former;
  const list = { operatorId, scope: tariffScope(partner), module };
  const name = tariffOfParty(publication.id ?? objectId, former);
  return (await isPublished(database, list, name)) ? undefined : former;
}

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

const isPlanned = ({ plannedAt }: PartnerPush, now: number): boolean =>
  plannedAt !== undefined && Date.parse(plannedAt) > now;

/** A push whose turn has not come: has it looked at when it has, unless a message for that is on its way. */
async function postpone(
  { database, send, services }: Pushing,
  message: PushMessage,
  claim: PushClaim,
  wait: number,
): Promise<PushResult> {
  const now = services.now();
  const { push } = claim;
  if (isPlanned(push, now)) {
    await keepPush(database, claim, push);
    return 'dropped';
  }
  const waitSeconds = Math.ceil(wait / 1000);
  // Sent before it is noted: a crash in between leads to one look more, and not to one less.
  await send([{ ...message, waitSeconds }]);
  await keepPush(database, claim, { ...push, plannedAt: iso(now + waitSeconds * 1000) });
  return 'waits';
}

async function noteFailure(
  { database, send, services, chance }: Pushing,
  message: PushMessage,
  claim: PushClaim,
  { failure }: Extract<PushOutcome, { readonly kind: 'failed' }>,
): Promise<PushResult> {
  const now = services.now();
  const { sent: _sent, plannedAt: _planned, ...push } = claim.push;
  // An object that was given up, and has changed since, begins again.
  const failingSince = push.state === 'failed' ? iso(now) : (push.failingSince ?? iso(now));
  const attempts = (push.state === 'failed' ? 0 : push.attempts) + 1;
  const since = (now - Date.parse(failingSince)) / 1000;
  const waitSeconds =
    hubTrouble(failure.statusCode) === 'unknown-receiver'
      ? unknownReceiverWait(push.module, since, chance())
      : pushWait(push.module, attempts, since, chance());
  if (waitSeconds !== undefined) await send([{ ...message, waitSeconds }]);
  await keepPush(database, claim, {
    ...push,
    // A partner that refused a change may not have the object: the next push is whole.
    ...{ attempts: waitSeconds === undefined ? 0 : attempts, failingSince },
    lastFailure: { at: iso(now), ...failure },
    state: waitSeconds === undefined ? 'failed' : 'pending',
    ...(waitSeconds === undefined ? {} : { plannedAt: iso(now + waitSeconds * 1000) }),
  });
  return waitSeconds === undefined ? 'failed' : 'again';
}

/** A version that has no words for the object: nothing is sent until it changes, and it is listed with the reason. */
async function noteImpossible(
  { database, services }: Pushing,
  claim: PushClaim,
  { revision }: WrittenPublication,
  reason: string,
): Promise<PushResult> {
  const { sent: _sent, plannedAt: _planned, ...push } = claim.push;
  await keepPush(database, claim, {
    ...push,
    ...{ state: 'impossible', reason, sentRevision: revision, attempts: 0 },
    failingSince: push.failingSince ?? iso(services.now()),
  });
  return 'impossible';
}

/** Losses that are kept with a delivery: an item holds 400 KB, and a location may have thousands. Of the others the number is. */
const mostLosses = 100;

/** An object as a partner is to have it; one that went to a party which the partner is not connected to is taken back. */
type Due = WrittenPublication & { readonly isWithdrawn: boolean };

const isPosted = (module: PushedModule): boolean =>
  module === 'cdrs' || module === 'invoicereconciliation';

async function noteSent(
  { database, services }: Pushing,
  claim: PushClaim,
  { revision, owner, isWithdrawn }: Due,
  translation: Extract<Translation, { readonly kind: 'translated' }>,
  location: string | undefined,
): Promise<PushResult> {
  const { push } = claim;
  const { losses } = translation;
  const left = losses.length - mostLosses;
  const { operatorId, partnerId, module, objectId, version } = push;
  await keepPush(
    database,
    claim,
    omitUndefined({
      ...{ operatorId, partnerId, module, objectId, version },
      ...{ state: 'delivered' as const, sentRevision: revision, attempts: 0 },
      // An object that is posted never changes: there is nothing to compare with later.
      sent: isPosted(module) || isWithdrawn ? undefined : writeJsonLiterals(translation.object),
      sentAt: iso(services.now()),
      owner: isWithdrawn ? undefined : nameOf(owner),
      location: location ?? push.location,
      losses: losses.slice(0, mostLosses),
      lossesLeftOut: left > 0 ? left : undefined,
    }),
  );
  return 'delivered';
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
  publication: Due,
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
  if (wait > 0) return await postpone(pushing, message, claim, wait);
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

/** Modules of which a partner sees its own drivers' objects alone: these stay its, whatever party its place and its connection are of by now. */
const ofDrivers: readonly PushedModule[] = [
  ...(['sessions', 'cdrs', 'chargingprofiles', 'invoicereconciliation'] as const),
];

/** Says whether an object is for a partner: its own, or of a party of ours that it is connected to. */
const isFor = async (
  database: Database,
  partner: Partner,
  module: PushedModule,
  { owner }: WrittenPublication,
): Promise<boolean> =>
  ofDrivers.includes(module) ||
  !isBounded(partner) ||
  isConnectedTo(partner, await readOurParties(database, partner.operatorId), owner);

/** An object as a partner is to have it; undefined where that is nothing, and it has nothing. */
async function dueTo(
  database: Database,
  partner: Partner,
  module: PushedModule,
  before: PartnerPush | undefined,
  publication: WrittenPublication,
): Promise<Due | undefined> {
  // Whoever was never tried has no record to give back.
  if (publication.isTakenBack === true) {
    return before === undefined ? undefined : { ...publication, isWithdrawn: true };
  }
  const isWithdrawn = !(await isFor(database, partner, module, publication));
  const isHeld = before !== undefined && formerOwner(before, publication) !== undefined;
  return isWithdrawn && !isHeld ? undefined : { ...publication, isWithdrawn };
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
  const publication = await dueTo(database, partner, message.module, before, written);
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
