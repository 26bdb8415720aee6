import * as z from 'zod';
import { type ApiRoute, listRoute, route } from '../api-route.ts';
import { PartnerDeliverySchema, PartnerLossSchema, sharedModules } from './delivery-schema.ts';

/** Loaded when needed: most operators have no partners. */
const calls = async () => await import('./delivery-calls.ts');

/** The calls about what arrives at roaming partners. */
export const partnerDeliveryRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/partners/{partnerId}/deliveries',
    summary:
      'Lists the sessions, CDRs, locations and tariffs that have not arrived at a roaming partner although they were pushed, those that fail for longest first.',
    scope: 'partners:read',
    item: PartnerDeliverySchema,
    errors: ['PARTNER_NOT_FOUND'],
    run: async (caller, { path: { partnerId }, page }) =>
      await (await calls()).listDeliveriesCall(caller, partnerId, page),
  }),
  listRoute({
    path: '/partners/{partnerId}/losses',
    summary:
      'Lists the locations, tariffs, sessions, CDRs or tokens that a roaming partner reads differently, or not at all, because its version has no words for them.',
    scope: 'partners:read',
    filters: {
      module: z
        .enum(sharedModules)
        .default('locations')
        .meta({ description: 'The module of OCPI whose objects are looked through.' }),
    },
    item: PartnerLossSchema,
    errors: ['PARTNER_NOT_FOUND'],
    run: async (caller, { path: { partnerId }, query: { module }, page }) =>
      await (await calls()).listLossesCall(caller, partnerId, module, page),
  }),
  route({
    method: 'GET',
    path: '/partners/{partnerId}/deliveries/{partnerDeliveryId}',
    summary:
      'Returns how far a roaming partner is with an object, as in cdrs.cdr_…, and everything that it reads differently.',
    scope: 'partners:read',
    response: PartnerDeliverySchema,
    errors: ['PARTNER_DELIVERY_NOT_FOUND', 'PARTNER_NOT_FOUND'],
    run: async (caller, { path: { partnerId, partnerDeliveryId } }) =>
      await (await calls()).readDeliveryCall(caller, partnerId, partnerDeliveryId),
  }),
];
