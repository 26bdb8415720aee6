import type * as z from 'zod';
import type { OurParty } from '../../../core/ocpi/partner/our-party.ts';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import type { PriceList } from '../../../core/session/price-list.ts';
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
import { noteAskedPartners } from '../../store/operators/asks-partners.ts';
import { readOurParties, writeOurParties } from '../../store/partners/ocpi-settings.ts';
import {
  changePartner,
  createPartner,
  deletePartner,
  listPartners,
  readPartner,
} from '../../store/partners/partners.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import { readTariff } from '../../store/tariffs/tariffs.ts';
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
    pullEveryHours: form.pullEveryHours ?? 0,
    tariffIds: pricesOf(form.tariffIds),
    party:
      form.countryCode === undefined || form.partyId === undefined
        ? undefined
        : { countryCode: form.countryCode, partyId: form.partyId },
    accepted: invitation === undefined ? {} : { invitation },
    createdAt: now,
    updatedAt: now,
    revision: 1,
  });

/** A price list as it is kept: none where it replaces nothing. */
const pricesOf = (tariffIds: PriceList): PriceList | undefined =>
  Object.keys(tariffIds).length === 0 ? undefined : tariffIds;

/** The mistake in a price list: a tariff that does not exist, or one in another currency than that which it replaces. */
async function wrongPrices(
  { database, operatorId }: Pick<Caller, 'database' | 'operatorId'>,
  tariffIds: PriceList = {},
) {
  const named = [...new Set(Object.entries(tariffIds).flat())];
  const found = await Promise.all(
    named.map(async (tariffId) => (await readTariff(database, operatorId, tariffId))?.tariff),
  );
  const currencies = new Map(named.map((tariffId, at) => [tariffId, found[at]?.currency]));
  if (found.some((tariff) => tariff === undefined)) return refused('TARIFF_NOT_FOUND');
  const mixed = Object.entries(tariffIds).find(
    ([of, instead]) => currencies.get(of) !== currencies.get(instead),
  );
  if (mixed === undefined) return undefined;
  const message = `The tariff ${mixed[1]} has another currency than ${mixed[0]}.`;
  return refused('INVALID_REQUEST', [{ path: `body.tariffIds.${mixed[0]}`, message }]);
}

/** Has the places shown again whose price changed for a partner. */
async function showPrices(
  { sendPartnerMessages, operatorId }: Caller,
  before: PriceList,
  after: PriceList,
): Promise<void> {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const touched = all.filter((tariffId) => before[tariffId] !== after[tariffId]);
  if (touched.length > 0) await sendPartnerMessages([{ kind: 'everything', operatorId, touched }]);
}

/** Whether the operator is a party of OCPI, without which nobody can register. */
const isParty = async ({ database, operatorId }: Caller): Promise<boolean> =>
  (await readOurParties(database, operatorId)).length > 0;

type Form = z.output<typeof PartnerForm>;

/** Keeps a partner that is to register with us by a token A. */
async function invite(
  caller: Caller,
  form: Form,
  ourUrl: string,
  keepAnswer: KeepAnswer | undefined,
) {
  const ourTokenA = newPartnerToken();
  const partner = partnerOf(caller, form, secretHash(ourTokenA));
  const answer = invited(partner, ourUrl, ourTokenA);
  const created = await createPartner(caller.database, partner, keptPart(keepAnswer, answer));
  if (created !== 'created') return refused('IDEMPOTENCY_KEY_REUSED');
  await showPrices(caller, {}, form.tariffIds);
  return done(answer);
}

/** Keeps a partner and registers with it at once; one with which that fails is not kept. */
async function connect(
  caller: Caller,
  form: Form,
  ourUrl: string,
  at: { readonly versionsUrl: string; readonly token: string },
  keepAnswer: KeepAnswer | undefined,
) {
  const { database, operatorId } = caller;
  if (!(await isParty(caller))) return refused('OCPI_SETTINGS_MISSING');
  const partner = partnerOf(caller, form, undefined);
  await createPartner(database, partner);
  const kept = (registered: Partner) => keptPart(keepAnswer, invited(registered, ourUrl, null));
  const end = await registerNow(caller, partner, at, kept);
  if (end.kind === 'registered') {
    await showPrices(caller, {}, form.tariffIds);
    return done(invited(end.partner, ourUrl, null));
  }
  const current = await readPartner(database, operatorId, partner.partnerId);
  if (current !== undefined) await deletePartner(database, current);
  return end;
}

/** Keeps the partner that is the hub between the operators of the deployment. */
async function join(
  caller: Caller,
  form: Form,
  ourUrl: string,
  keepAnswer: KeepAnswer | undefined,
) {
  const answerOf = (partner: Partner) => invited(partner, ourUrl, null);
  const member = partnerOf(caller, form, undefined);
  const joined = await joinDeploymentHub(caller, member, answerOf, keepAnswer);
  if (joined.kind === 'refused') return joined;
  await showPrices(caller, {}, form.tariffIds);
  return done(answerOf(joined.partner));
}

/** Creates a partner: invited, registered with at once, or the hub of the deployment. */
export async function createPartnerCall(
  caller: Caller,
  form: Form,
  keepAnswer: KeepAnswer | undefined,
) {
  const { versionsUrl, tokenA } = form;
  const wrong = await wrongPrices(caller, form.tariffIds);
  if (wrong !== undefined) return wrong;
  const ourUrl = versionsUrlOf(await caller.roaming());
  // Before it is there: a partner that no charger asks would be worse than one look more for none.
  if (form.roles.includes('CPO')) await noteAskedPartners(caller.database, caller.operatorId);
  if (form.ofDeployment) return await join(caller, form, ourUrl, keepAnswer);
  if (versionsUrl === undefined || tokenA === undefined) {
    return await invite(caller, form, ourUrl, keepAnswer);
  }
  return await connect(caller, form, ourUrl, { versionsUrl, token: tokenA }, keepAnswer);
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
  caller: Caller,
  partnerId: string,
  { pullEveryHours, tariffIds, ...facts }: z.output<typeof PartnerChanges>,
) {
  const { database, operatorId, now } = caller;
  const wrong = await wrongPrices(caller, tariffIds);
  if (wrong !== undefined) return wrong;
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND');
  const hours = pullEveryHours === null ? 0 : pullEveryHours;
  const change = {
    ...omitUndefined({ ...facts, pullEveryHours: hours }),
    ...(tariffIds === undefined ? {} : { tariffIds: pricesOf(tariffIds) }),
    updatedAt: now,
  };
  const changed = await changePartner(database, partner, change);
  if (changed !== 'changed' && tariffIds !== undefined) {
    await showPrices(caller, partner.tariffIds ?? {}, tariffIds);
  }
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
