import type { Translation } from '../../core/ocpi/codec/translation.ts';
import { hubTrouble } from '../../core/ocpi/hub/hub-trouble.ts';
import { pushWait, unknownReceiverWait } from '../../core/ocpi/push/push-schedule.ts';
import type { PushedModule } from '../../core/ocpi/push/pushed-modules.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { writeJsonLiterals } from '../../core/units/write-json-literals.ts';
import type { PushMessage } from '../outbound/delivery-message.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import type { WrittenPublication } from '../roaming/written-publication.ts';
import { keepPush, type PartnerPush, type PushClaim } from '../store/partners/pushes.ts';
import type { Database } from '../store/table/client.ts';
import { nameOf, type PushDue } from './push-due-to.ts';
import type { PushOutcome, Sending } from './send-push.ts';

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

const iso = (at: number): string => new Date(at).toISOString();

/** True if the next look at a push is planned for later than a time, epoch ms. */
export const isPlanned = ({ plannedAt }: PartnerPush, now: number): boolean =>
  plannedAt !== undefined && Date.parse(plannedAt) > now;

/** A push whose turn has not come: has it looked at when it has, unless a message for that is on its way. */
export async function notePostponed(
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

/** A push that failed: another attempt is planned, ever later, or it is given up where it has failed for as long as its kind of object is tried. */
export async function noteFailure(
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
    attempts: waitSeconds === undefined ? 0 : attempts,
    failingSince,
    lastFailure: { at: iso(now), ...failure },
    state: waitSeconds === undefined ? 'failed' : 'pending',
    ...(waitSeconds === undefined ? {} : { plannedAt: iso(now + waitSeconds * 1000) }),
  });
  return waitSeconds === undefined ? 'failed' : 'again';
}

/** A version that has no words for the object: nothing is sent until it changes, and it is listed with the reason. */
export async function noteImpossible(
  { database, services }: Pushing,
  claim: PushClaim,
  { revision }: WrittenPublication,
  reason: string,
): Promise<PushResult> {
  const { sent: _sent, plannedAt: _planned, ...push } = claim.push;
  await keepPush(database, claim, {
    ...push,
    state: 'impossible',
    reason,
    sentRevision: revision,
    attempts: 0,
    failingSince: push.failingSince ?? iso(services.now()),
  });
  return 'impossible';
}

/** Losses that are kept with a delivery: an item holds 400 KB, and a location may have thousands. Of the others the number is. */
const mostLosses = 100;

const isPosted = (module: PushedModule): boolean =>
  module === 'cdrs' || module === 'invoicereconciliation';

/** An object that a partner took: the next push is what changes of it from then on. */
export async function noteSent(
  { database, services }: Pushing,
  claim: PushClaim,
  { revision, owner, isWithdrawn }: PushDue,
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
      operatorId,
      partnerId,
      module,
      objectId,
      version,
      state: 'delivered' as const,
      sentRevision: revision,
      attempts: 0,
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
