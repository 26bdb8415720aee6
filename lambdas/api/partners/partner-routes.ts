import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { keptPart } from '../../http/keep-answer.ts';
import { newPartnerToken } from '../../roaming/new-partner-token.ts';
import { versionsUrlOf } from '../../roaming/roaming-services.ts';
import { newId } from '../../runtime/new-id.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { readOurParties } from '../../store/partners/ocpi-settings.ts';
import {
  changePartner,
  createPartner,
  deletePartner,
  listPartners,
  readPartner,
} from '../../store/partners/partners.ts';
import { type ApiRoute, listRoute, route } from '../api-route.ts';
import {
  InvitedPartnerSchema,
  PartnerChanges,
  PartnerForm,
  PartnerSchema,
  partnerView,
  RegistrationForm,
} from './partner-form.ts';
import { registerNow, rotateNow, unregisterNow } from './register-now.ts';

/** A partner with what it registers with: a token that is shown once, or none where it is registered already. */
const invited = (partner: Partner, versionsUrl: string, tokenA: string | null) => ({
  ...partnerView(partner),
  versionsUrl,
  tokenA,
});

/** The connections of an operator to its roaming partners. */
export const partnerRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/partners',
    summary:
      'Creates a roaming partner. Without versionsUrl and tokenA the answer has the token A and the URL that it registers with; with them, we register at the partner at once.',
    scope: 'partners:write',
    body: PartnerForm,
    example: { name: 'Roaming Partner', versions: ['2.2.1'] },
    status: 201,
    response: InvitedPartnerSchema,
    errors: [
      'IDEMPOTENCY_KEY_REUSED',
      'OCPI_SETTINGS_MISSING',
      'PARTNER_HANDSHAKE_FAILED',
      'PARTNER_UNREACHABLE',
    ],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) => {
      const { database, operatorId, now } = caller;
      const { versionsUrl, tokenA } = body;
      const ourTokenA = newPartnerToken();
      const ourUrl = versionsUrlOf(await caller.roaming());
      const isInvitation = versionsUrl === undefined || tokenA === undefined;
      const partner: Partner = omitUndefined({
        partnerId: newId('ptn'),
        operatorId,
        name: body.name,
        versions: body.versions,
        ourRoles: body.roles,
        quirks: [...new Set(body.quirks)],
        party:
          body.countryCode === undefined || body.partyId === undefined
            ? undefined
            : { countryCode: body.countryCode, partyId: body.partyId },
        accepted: isInvitation ? { invitation: secretHash(ourTokenA) } : {},
        createdAt: now,
        updatedAt: now,
        revision: 1,
      });
      if (isInvitation) {
        const answer = invited(partner, ourUrl, ourTokenA);
        const created = await createPartner(database, partner, keptPart(keepAnswer, answer));
        return created === 'created' ? done(answer) : refused('IDEMPOTENCY_KEY_REUSED');
      }
      if ((await readOurParties(database, operatorId)).length === 0) {
        return refused('OCPI_SETTINGS_MISSING');
      }
      await createPartner(database, partner);
      const kept = (registered: Partner) => keptPart(keepAnswer, invited(registered, ourUrl, null));
      const end = await registerNow(caller, partner, { versionsUrl, token: tokenA }, kept);
      if (end.kind === 'refused') {
        const current = await readPartner(database, operatorId, partner.partnerId);
        if (current !== undefined) await deletePartner(database, current);
        return end;
      }
      return done(invited(end.partner, ourUrl, null));
    },
  }),
  listRoute({
    path: '/partners',
    summary: 'Lists roaming partners by id.',
    scope: 'partners:read',
    item: PartnerSchema,
    run: async ({ database, operatorId }, { page }) => {
      const { items, next } = await listPartners(database, operatorId, page);
      return { items: items.map(partnerView), next };
    },
  }),
  route({
    method: 'GET',
    path: '/partners/{partnerId}',
    summary: 'Returns a roaming partner.',
    scope: 'partners:read',
    response: PartnerSchema,
    errors: ['PARTNER_NOT_FOUND'],
    run: async ({ database, operatorId }, { path: { partnerId } }) => {
      const partner = await readPartner(database, operatorId, partnerId);
      return partner === undefined ? refused('PARTNER_NOT_FOUND') : done(partnerView(partner));
    },
  }),
  route({
    method: 'PATCH',
    path: '/partners/{partnerId}',
    summary: 'Changes the name, the versions or the known mistakes of a roaming partner.',
    scope: 'partners:write',
    body: PartnerChanges,
    example: { quirks: ['plain-token'] },
    response: PartnerSchema,
    errors: ['PARTNER_CHANGED', 'PARTNER_NOT_FOUND'],
    run: async ({ database, operatorId, now }, { path: { partnerId }, body }) => {
      const partner = await readPartner(database, operatorId, partnerId);
      if (partner === undefined) return refused('PARTNER_NOT_FOUND');
      const { name, versions, quirks } = body;
      const changed = await changePartner(database, partner, {
        ...omitUndefined({ name, versions, quirks }),
        updatedAt: now,
      });
      return changed === 'changed' ? refused('PARTNER_CHANGED') : done(partnerView(changed));
    },
  }),
  route({
    method: 'POST',
    path: '/partners/{partnerId}/register',
    summary:
      'Registers a roaming partner again: with its versionsUrl and tokenA we do it at once, else the answer has a new token A. The old registration is valid until the new one is complete.',
    scope: 'partners:write',
    body: RegistrationForm,
    example: {},
    response: InvitedPartnerSchema,
    errors: [
      'OCPI_SETTINGS_MISSING',
      'PARTNER_CHANGED',
      'PARTNER_HANDSHAKE_FAILED',
      'PARTNER_NOT_FOUND',
      'PARTNER_UNREACHABLE',
    ],
    run: async (caller, { path: { partnerId }, body: { versionsUrl, tokenA } }) => {
      const { database, operatorId, now } = caller;
      const ourUrl = versionsUrlOf(await caller.roaming());
      const partner = await readPartner(database, operatorId, partnerId);
      if (partner === undefined) return refused('PARTNER_NOT_FOUND');
      if (versionsUrl === undefined || tokenA === undefined) {
        const ourTokenA = newPartnerToken();
        const accepted = { ...partner.accepted, invitation: secretHash(ourTokenA) };
        const changed = await changePartner(database, partner, { accepted, updatedAt: now });
        return changed === 'changed'
          ? refused('PARTNER_CHANGED')
          : done(invited(changed, ourUrl, ourTokenA));
      }
      if ((await readOurParties(database, operatorId)).length === 0) {
        return refused('OCPI_SETTINGS_MISSING');
      }
      const end = await registerNow(caller, partner, { versionsUrl, token: tokenA });
      return end.kind === 'refused' ? end : done(invited(end.partner, ourUrl, null));
    },
  }),
  route({
    method: 'POST',
    path: '/partners/{partnerId}/rotate',
    summary:
      'Replaces both tokens of a registered partner, and reads its versions and endpoints again. The old tokens are valid until the new ones were used.',
    scope: 'partners:write',
    response: PartnerSchema,
    errors: [
      'PARTNER_HANDSHAKE_FAILED',
      'PARTNER_NOT_FOUND',
      'PARTNER_NOT_REGISTERED',
      'PARTNER_UNREACHABLE',
    ],
    run: async (caller, { path: { partnerId } }) => {
      const partner = await readPartner(caller.database, caller.operatorId, partnerId);
      if (partner === undefined) return refused('PARTNER_NOT_FOUND');
      const end = await rotateNow(caller, partner);
      return end.kind === 'refused' ? end : done(partnerView(end.partner));
    },
  }),
  ...(['suspend', 'resume'] as const).map((verb) =>
    route({
      method: 'POST',
      path: `/partners/{partnerId}/${verb}` as const,
      summary:
        verb === 'suspend'
          ? 'Suspends a roaming partner: nothing is sent to it, and its calls are refused.'
          : 'Ends the suspension of a roaming partner.',
      scope: 'partners:write',
      response: PartnerSchema,
      errors: ['PARTNER_CHANGED', 'PARTNER_NOT_FOUND'],
      run: async ({ database, operatorId, now }, { path: { partnerId } }) => {
        const partner = await readPartner(database, operatorId, partnerId);
        if (partner === undefined) return refused('PARTNER_NOT_FOUND');
        const suspendedAt = verb === 'suspend' ? (partner.suspendedAt ?? now) : undefined;
        const changed = await changePartner(database, partner, { suspendedAt, updatedAt: now });
        return changed === 'changed' ? refused('PARTNER_CHANGED') : done(partnerView(changed));
      },
    }),
  ),
  route({
    method: 'DELETE',
    path: '/partners/{partnerId}',
    summary:
      'Deletes a roaming partner. It is told to end its registration; its tokens are refused from then on, whatever it answers.',
    scope: 'partners:write',
    status: 204,
    errors: ['PARTNER_CHANGED', 'PARTNER_NOT_FOUND'],
    run: async (caller, { path: { partnerId } }) => {
      const partner = await readPartner(caller.database, caller.operatorId, partnerId);
      if (partner === undefined) return refused('PARTNER_NOT_FOUND');
      await unregisterNow(caller, partner);
      const deleted = await deletePartner(caller.database, partner);
      return deleted === 'changed' ? refused('PARTNER_CHANGED') : doneSilently;
    },
  }),
];
