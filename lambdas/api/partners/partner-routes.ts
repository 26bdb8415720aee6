import { type ApiRoute, listRoute, route } from '../api-route.ts';
import {
  InvitedPartnerSchema,
  PartnerChanges,
  PartnerForm,
  PartnerSchema,
  PartnerTestSchema,
  RegistrationForm,
} from './partner-form.ts';

/** Loaded when needed: most operators have no partners. */
const calls = async () => await import('./partner-calls.ts');

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
      'PARTY_TAKEN',
      'HUB_JOINED_ALREADY',
      'TARIFF_NOT_FOUND',
    ],
    repeatable: true,
    run: async (caller, { body, keepAnswer }) =>
      await (await calls()).createPartnerCall(caller, body, keepAnswer),
  }),
  listRoute({
    path: '/partners',
    summary: 'Lists roaming partners by id.',
    scope: 'partners:read',
    item: PartnerSchema,
    run: async (caller, { page }) => await (await calls()).listPartnersCall(caller, page),
  }),
  route({
    method: 'GET',
    path: '/partners/{partnerId}',
    summary: 'Returns a roaming partner.',
    scope: 'partners:read',
    response: PartnerSchema,
    errors: ['PARTNER_NOT_FOUND'],
    run: async (caller, { path: { partnerId } }) =>
      await (await calls()).readPartnerCall(caller, partnerId),
  }),
  route({
    method: 'PATCH',
    path: '/partners/{partnerId}',
    summary:
      'Changes the name, the versions, the known mistakes, the agreement on credits or the price list of a roaming partner.',
    scope: 'partners:write',
    body: PartnerChanges,
    example: { quirks: ['plain-token'] },
    response: PartnerSchema,
    errors: ['INVALID_REQUEST', 'PARTNER_CHANGED', 'PARTNER_NOT_FOUND', 'TARIFF_NOT_FOUND'],
    run: async (caller, { path: { partnerId }, body }) =>
      await (await calls()).changePartnerCall(caller, partnerId, body),
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
      'PARTNER_OF_DEPLOYMENT',
      'PARTNER_UNREACHABLE',
    ],
    repeatable: 'claimed',
    run: async (caller, { path: { partnerId }, body }) =>
      await (await calls()).registerPartnerCall(caller, partnerId, body),
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
      'PARTNER_OF_DEPLOYMENT',
      'PARTNER_UNREACHABLE',
    ],
    repeatable: 'claimed',
    run: async (caller, { path: { partnerId } }) =>
      await (await calls()).rotatePartnerCall(caller, partnerId),
  }),
  route({
    method: 'POST',
    path: '/partners/{partnerId}/test',
    summary:
      'Tests the connection to a registered partner: token, versions, endpoints, clock, a page of each module, latency. Changes nothing.',
    scope: 'partners:write',
    response: PartnerTestSchema,
    errors: ['PARTNER_NOT_FOUND', 'PARTNER_NOT_REGISTERED', 'PARTNER_OF_DEPLOYMENT'],
    run: async (caller, { path: { partnerId } }) =>
      await (await calls()).testPartnerCall(caller, partnerId),
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
      run: async (caller, { path: { partnerId } }) =>
        await (await calls()).suspendPartnerCall(caller, partnerId, verb),
    }),
  ),
  route({
    method: 'DELETE',
    path: '/partners/{partnerId}',
    summary:
      'Deletes a roaming partner. It is asked to end its registration; its tokens are refused from then on, whatever it answers.',
    scope: 'partners:write',
    status: 204,
    errors: ['PARTNER_CHANGED', 'PARTNER_NOT_FOUND'],
    run: async (caller, { path: { partnerId } }) =>
      await (await calls()).deletePartnerCall(caller, partnerId),
  }),
];
