import type * as z from 'zod';
import type { OurParty } from '../../../core/ocpi/partner/our-party.ts';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import type { IsSeen } from '../../http/entity-tag.ts';
import { type KeepAnswer, keptPart } from '../../http/keep-answer.ts';
import { examinePartner } from '../../roaming/examine-partner.ts';
import { newPartnerToken } from '../../roaming/new-partner-token.ts';
import { versionsUrlOf } from '../../roaming/roaming-services.ts';
import { newId } from '../../runtime/new-id.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { notePartners } from '../../store/events/audience.ts';
import { readOurParties, writeOurParties } from '../../store/partners/ocpi-settings.ts';
import {
  changePartner,
  createPartner,
  deletePartner,
  listPartners,
  readPartner,
} from '../../store/partners/partners.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { joinDeploymentHub, leaveDeploymentHub } from './join-hub.ts';
import type { PartnerChanges, PartnerForm, RegistrationForm } from './partner-form.ts';
import { partnerView } from './partner-view.ts';
import { registerNow, rotateNow, unregisterNow } from './register-now.ts';

/** A partner with what it registers with: a token that is shown once, or none where it is registered already. */
const invited = (partner: Partner, versionsUrl: string, tokenA: string | null) => ({
  ...partnerView(partner),
  versionsUrl,
  tokenA,
});

/** A partner of a form, before it is registered; `invitation` is its token A as a hash. */
const partnerOf = (
  { operatorId, now }: Caller,
  form: z.output<typeof PartnerForm>,
  invitation: string | undefined,
): Partner =>
  omitUndefined({
    partnerId: newId('ptn'),
    operatorId,
    name: form.name,
    versions: form.versions,
    ourRoles: form.roles,
    quirks: [...new Set(form.quirks)],
    negativeCredits: form.negativeCredits ? true : undefined,
    party:
      form.countryCode === undefined || form.partyId === undefined
        ? undefined
        : { countryCode: form.countryCode, partyId: form.partyId },
    accepted: invitation === undefined ? {} : { invitation },
    createdAt: now,
    updatedAt: now,
    revision: 1,
  });

/** Whether the operator is a party of OCPI, without which nobody can register. */
const isParty = async ({ database, operatorId }: Caller): Promise<boolean> =>
  (await readOurParties(database, operatorId)).length > 0;

/** Creates a partner: invited, or registered with at once. */
export async function createPartnerCall(
  caller: Caller,
  form: z.output<typeof PartnerForm>,
  keepAnswer: KeepAnswer | undefined,
) {
  const { database, operatorId } = caller;
  const { versionsUrl, tokenA } = form;
  const ourUrl = versionsUrlOf(await caller.roaming());
  if (form.ofDeployment) {
    const answerOf = (partner: Partner) => invited(partner, ourUrl, null);
    const member = partnerOf(caller, form, undefined);
    const joined = await joinDeploymentHub(caller, member, answerOf, keepAnswer);
    return joined.kind === 'refused' ? joined : done(answerOf(joined.partner));
  }
  if (versionsUrl === undefined || tokenA === undefined) {
    const ourTokenA = newPartnerToken();
    const partner = partnerOf(caller, form, secretHash(ourTokenA));
    const answer = invited(partner, ourUrl, ourTokenA);
    const created = await createPartner(database, partner, keptPart(keepAnswer, answer));
    return created === 'created' ? done(answer) : refused('IDEMPOTENCY_KEY_REUSED');
  }
  if (!(await isParty(caller))) return refused('OCPI_SETTINGS_MISSING');
  const partner = partnerOf(caller, form, undefined);
  await createPartner(database, partner);
  const kept = (registered: Partner) => keptPart(keepAnswer, invited(registered, ourUrl, null));
  const end = await registerNow(caller, partner, { versionsUrl, token: tokenA }, kept);
  if (end.kind === 'registered') return done(invited(end.partner, ourUrl, null));
  const current = await readPartner(database, operatorId, partner.partnerId);
  if (current !== undefined) await deletePartner(database, current);
  return end;
}

/** Lists partners by id. */
export async function listPartnersCall({ database, operatorId }: Caller, page: ListRequest) {
  const { items, next } = await listPartners(database, operatorId, page);
  return { items: items.map(partnerView), next };
}

/** Shows a partner. */
export async function readPartnerCall({ database, operatorId }: Caller, partnerId: string) {
  const partner = await readPartner(database, operatorId, partnerId);
  return partner === undefined ? refused('PARTNER_NOT_FOUND') : done(partnerView(partner));
}

/** Changes name, versions or known mistakes of a partner. */
export async function changePartnerCall(
  { database, operatorId, now }: Caller,
  partnerId: string,
  { name, versions, quirks, negativeCredits }: z.output<typeof PartnerChanges>,
) {
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  const change = { ...omitUndefined({ name, versions, quirks, negativeCredits }), updatedAt: now };
  const changed = await changePartner(database, partner, change);
  return changed === 'changed' ? refused('PARTNER_CHANGED') : done(partnerView(changed));
}

/** Registers a partner again: at once, or by a new token A. */
export async function registerPartnerCall(
  caller: Caller,
  partnerId: string,
  { versionsUrl, tokenA }: z.output<typeof RegistrationForm>,
) {
  const { database, operatorId, now } = caller;
  const ourUrl = versionsUrlOf(await caller.roaming());
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  if (partner.ofDeployment === true) return refused('PARTNER_OF_DEPLOYMENT');
  if (versionsUrl === undefined || tokenA === undefined) {
    const ourTokenA = newPartnerToken();
    const accepted = { ...partner.accepted, invitation: secretHash(ourTokenA) };
    const changed = await changePartner(database, partner, { accepted, updatedAt: now });
    return changed === 'changed'
      ? refused('PARTNER_CHANGED')
      : done(invited(changed, ourUrl, ourTokenA));
  }
  if (!(await isParty(caller))) return refused('OCPI_SETTINGS_MISSING');
  const end = await registerNow(caller, partner, { versionsUrl, token: tokenA });
  return end.kind === 'refused' ? end : done(invited(end.partner, ourUrl, null));
}

/** Replaces both tokens of a partner. */
export async function rotatePartnerCall(caller: Caller, partnerId: string) {
  const partner = await readPartner(caller.database, caller.operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  if (partner.ofDeployment === true) return refused('PARTNER_OF_DEPLOYMENT');
  const end = await rotateNow(caller, partner);
  return end.kind === 'refused' ? end : done(partnerView(end.partner));
}

/** Tests the connection to a partner. */
export async function testPartnerCall(caller: Caller, partnerId: string) {
  const partner = await readPartner(caller.database, caller.operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  if (partner.ofDeployment === true) return refused('PARTNER_OF_DEPLOYMENT');
  const { registration } = partner;
  if (registration === undefined) return refused('PARTNER_NOT_REGISTERED');
  const [us] = await readOurParties(caller.database, caller.operatorId);
  const registered = { ...partner, registration };
  const found = await examinePartner(await caller.roaming(), registered, us);
  const checks = found.map((check) => ({ ...check }));
  return done({ ok: checks.every(({ ok }) => ok), checks });
}

/** Suspends a partner, or ends its suspension. */
export async function suspendPartnerCall(
  { database, operatorId, now }: Caller,
  partnerId: string,
  verb: 'suspend' | 'resume',
) {
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  const suspendedAt = verb === 'suspend' ? (partner.suspendedAt ?? now) : undefined;
  const changed = await changePartner(database, partner, { suspendedAt, updatedAt: now });
  return changed === 'changed' ? refused('PARTNER_CHANGED') : done(partnerView(changed));
}

/** Deletes a partner. */
export async function deletePartnerCall(caller: Caller, partnerId: string) {
  const partner = await readPartner(caller.database, caller.operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  const isOurs = partner.ofDeployment === true;
  if (!isOurs) await unregisterNow(caller, partner);
  const deleted = isOurs
    ? await leaveDeploymentHub(caller, partner)
    : await deletePartner(caller.database, partner);
  return deleted === 'changed' ? refused('PARTNER_CHANGED') : doneSilently;
}

const shownParties = (parties: readonly OurParty[]) => ({
  parties: parties.map((party) => ({
    ...party,
    website: party.website ?? null,
    roles: [...party.roles],
  })),
});

/** Shows the parties that an operator is. */
export const readPartiesCall = async ({ database, operatorId }: Caller) =>
  done(shownParties(await readOurParties(database, operatorId)));

/** Longer than a function needs to notice that an operator has partners: what changes later is shown as it changes. */
const delaySeconds = 15;

/** Keeps the parties that an operator is, and has its locations shown to partners as theirs. */
export async function writePartiesCall(
  { database, operatorId, sendPartnerMessages }: Caller,
  parties: readonly OurParty[],
  isSeen: IsSeen | undefined,
) {
  const written = await writeOurParties(
    database,
    operatorId,
    parties,
    isSeen && ((kept) => isSeen(shownParties(kept))),
  );
  if (written === 'changed') return refused('PRECONDITION_FAILED');
  await notePartners(database, operatorId);
  const looks = (['everything', 'tokens'] as const).map((kind) => ({ kind, operatorId }));
  await sendPartnerMessages(looks, delaySeconds);
  return done(shownParties(parties));
}
