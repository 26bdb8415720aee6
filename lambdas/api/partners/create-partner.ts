import type * as z from 'zod';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, refused } from '../../http/answer.ts';
import { type KeepAnswer, keptPart } from '../../http/keep-answer.ts';
import { newPartnerToken } from '../../roaming/new-partner-token.ts';
import { newId } from '../../runtime/new-id.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { readOurParties } from '../../store/partners/ocpi-settings.ts';
import { createPartner, deletePartner, readPartner } from '../../store/partners/partners.ts';
import type { Caller } from '../api-route.ts';
import { boundTo } from './bound-parties.ts';
import { joinDeploymentHub } from './join-hub.ts';
import type { PartnerForm } from './partner-form.ts';
import { changeOfPrices, showPrices } from './partner-prices.ts';
import { partnerView } from './partner-view.ts';
import { registerNow } from './register-now.ts';

/** A partner with what it registers with: a token that is shown once, or none where it is registered already. */
export const invited = (partner: Partner, versionsUrl: string, tokenA: string | null) => ({
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
    ourParties: boundTo(form.ourParties),
    quirks: [...new Set(form.quirks)],
    negativeCredits: form.negativeCredits ? true : undefined,
    pullEveryHours: form.pullEveryHours ?? 0,
    askUnknownTokens: form.askUnknownTokens ? undefined : false,
    ...changeOfPrices({}, form.tariffIds),
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
export const isParty = async ({ database, operatorId }: Caller): Promise<boolean> =>
  (await readOurParties(database, operatorId)).length > 0;

type Form = z.output<typeof PartnerForm>;

/** Keeps a partner that is to register with us by a token A. */
export async function invitePartner(
  caller: Caller,
  form: Form,
  ourUrl: string,
  keepAnswer: KeepAnswer | undefined,
) {
  if (!(await isParty(caller))) return refused('OCPI_SETTINGS_MISSING');
  const ourTokenA = newPartnerToken();
  const partner = partnerOf(caller, form, secretHash(ourTokenA));
  const answer = invited(partner, ourUrl, ourTokenA);
  const created = await createPartner(caller.database, partner, keptPart(keepAnswer, answer));
  if (created !== 'created') return refused('IDEMPOTENCY_KEY_REUSED');
  await showPrices(caller, partner);
  return done(answer);
}

/** Keeps a partner and registers with it at once; one with which that fails is not kept. */
export async function connectPartner(
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
    await showPrices(caller, end.partner);
    return done(invited(end.partner, ourUrl, null));
  }
  const current = await readPartner(database, operatorId, partner.partnerId);
  if (current !== undefined) await deletePartner(database, current);
  return end;
}

/** Keeps the partner that is the hub between the operators of the deployment. */
export async function joinAsPartner(
  caller: Caller,
  form: Form,
  ourUrl: string,
  keepAnswer: KeepAnswer | undefined,
) {
  const answerOf = (partner: Partner) => invited(partner, ourUrl, null);
  const member = partnerOf(caller, form, undefined);
  const joined = await joinDeploymentHub(caller, member, answerOf, keepAnswer);
  if (joined.kind === 'refused') return joined;
  await showPrices(caller, joined.partner);
  return done(answerOf(joined.partner));
}
