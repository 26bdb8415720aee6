import type * as z from 'zod';
import { connectedParties } from '../../../core/ocpi/partner/connected-to.ts';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import type { KeepAnswer } from '../../http/keep-answer.ts';
import { examinePartner } from '../../roaming/examine-partner.ts';
import { newPartnerToken } from '../../roaming/new-partner-token.ts';
import { versionsUrlOf } from '../../roaming/roaming-services.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { noteAskedPartners } from '../../store/operators/asks-partners.ts';
import { readOurParties } from '../../store/partners/ocpi-settings.ts';
import {
  changePartner,
  deletePartner,
  listPartners,
  readPartner,
} from '../../store/partners/partners.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { boundTo, strangeParty } from './bound-parties.ts';
import {
  connectPartner,
  invited,
  invitePartner,
  isParty,
  joinAsPartner,
} from './create-partner.ts';
import { leaveDeploymentHub } from './join-hub.ts';
import type { PartnerChanges, PartnerForm, RegistrationForm } from './partner-form.ts';
import { changeOfPrices, showPrices, wrongPrices } from './partner-prices.ts';
import { partnerView } from './partner-view.ts';
import { registerNow, rotateNow, unregisterNow } from './register-now.ts';

/** Notes that chargers have a partner to ask, also one that an earlier version kept without that note. */
async function noteAsked({ database, operatorId }: Caller, ourRoles: Partner['ourRoles']) {
  if (ourRoles.includes('CPO')) await noteAskedPartners(database, operatorId);
}

/** Creates a partner: invited, registered with at once, or the hub of the deployment. */
export async function createPartnerCall(
  caller: Caller,
  form: z.output<typeof PartnerForm>,
  keepAnswer: KeepAnswer | undefined,
) {
  const { versionsUrl, tokenA } = form;
  const wrong =
    (await strangeParty(caller, 'body.ourParties', form.ourParties)) ??
    (await wrongPrices(caller, form.tariffIds));
  if (wrong !== undefined) return wrong;
  const ourUrl = versionsUrlOf(await caller.roaming());
  // Before it is there: a partner that no charger asks would be worse than one look more for none.
  await noteAsked(caller, form.roles);
  if (form.ofDeployment) return await joinAsPartner(caller, form, ourUrl, keepAnswer);
  if (versionsUrl === undefined || tokenA === undefined) {
    return await invitePartner(caller, form, ourUrl, keepAnswer);
  }
  return await connectPartner(caller, form, ourUrl, { versionsUrl, token: tokenA }, keepAnswer);
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

/** Changes what is agreed with a partner, or known of it. */
export async function changePartnerCall(
  caller: Caller,
  partnerId: string,
  { pullEveryHours, tariffIds, ourParties, ...facts }: z.output<typeof PartnerChanges>,
) {
  const { database, operatorId, now } = caller;
  const wrong =
    (await strangeParty(caller, 'body.ourParties', ourParties)) ??
    (await wrongPrices(caller, tariffIds));
  if (wrong !== undefined) return wrong;
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  const hours = pullEveryHours === null ? 0 : pullEveryHours;
  const change = {
    ...omitUndefined({ ...facts, pullEveryHours: hours }),
    ...(ourParties === undefined ? {} : { ourParties: boundTo(ourParties) }),
    ...(tariffIds === undefined ? {} : changeOfPrices(partner, tariffIds)),
    updatedAt: now,
  };
  await noteAsked(caller, partner.ourRoles);
  const changed = await changePartner(database, partner, change);
  if (changed === 'changed') return refused('PARTNER_CHANGED');
  await showPrices(caller, changed);
  return done(partnerView(changed));
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
  if (!(await isParty(caller))) return refused('OCPI_SETTINGS_MISSING');
  await noteAsked(caller, partner.ourRoles);
  if (versionsUrl === undefined || tokenA === undefined) {
    const ourTokenA = newPartnerToken();
    const accepted = { ...partner.accepted, invitation: secretHash(ourTokenA) };
    const changed = await changePartner(database, partner, { accepted, updatedAt: now });
    return changed === 'changed'
      ? refused('PARTNER_CHANGED')
      : done(invited(changed, ourUrl, ourTokenA));
  }
  const end = await registerNow(caller, partner, { versionsUrl, token: tokenA });
  return end.kind === 'refused' ? end : done(invited(end.partner, ourUrl, null));
}

/** Replaces both tokens of a partner. */
export async function rotatePartnerCall(caller: Caller, partnerId: string) {
  const partner = await readPartner(caller.database, caller.operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  if (partner.ofDeployment === true) return refused('PARTNER_OF_DEPLOYMENT');
  await noteAsked(caller, partner.ourRoles);
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
  const parties = await readOurParties(caller.database, caller.operatorId);
  const [us] = connectedParties(partner, parties);
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
