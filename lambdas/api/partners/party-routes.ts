import * as z from 'zod';
import { type ApiRoute, listRoute } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';

/** A party behind a hub, with what the hub says about its connection in each role. */
const PartnerPartySchema = z
  .strictObject({
    countryCode: z.string(),
    partyId: z.string(),
    roles: z.array(
      z.strictObject({
        role: z.string(),
        status: z.string().meta({
          description:
            'CONNECTED, or OFFLINE, PLANNED or SUSPENDED: nothing is sent to the party then.',
        }),
        lastUpdated: timeText,
      }),
    ),
  })
  .meta({ id: 'PartnerParty' });

/** The calls about the parties that a partner brings together. */
export const partnerPartyRoutes: readonly ApiRoute[] = [
  listRoute({
    path: '/partners/{partnerId}/parties',
    summary:
      'Lists the parties behind a hub by country and party id, with what it says about their connections.',
    scope: 'partners:read',
    item: PartnerPartySchema,
    errors: ['PARTNER_NOT_FOUND'],
    run: async (caller, { path: { partnerId }, page }) =>
      await (await import('./party-calls.ts')).listPartiesCall(caller, partnerId, page),
  }),
];
