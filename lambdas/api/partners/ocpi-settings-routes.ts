import * as z from 'zod';
import type { OurParty } from '../../../core/ocpi/partner/our-party.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { countryCode, ourRoles, partyId } from './party-form.ts';

const PartyForm = z.strictObject({
  countryCode,
  partyId,
  businessName: z.string().trim().min(1).max(100),
  website: z.url().max(255).nullish(),
  roles: ourRoles,
});

const OcpiSettingsForm = PartyForm.extend({
  furtherParties: z.array(PartyForm).max(50).default([]),
});

const PartySchema = z.strictObject({
  countryCode: z.string(),
  partyId: z.string(),
  businessName: z.string(),
  website: z.string().nullable(),
  roles: z.array(z.string()),
});

/** The parties of an operator as they are shown. */
const OcpiSettingsSchema = z
  .strictObject({
    parties: z.array(PartySchema).meta({
      description: 'The parties of OCPI that the operator is, the first one first; none until set.',
    }),
  })
  .meta({ id: 'OcpiSettings' });

const partyOf = ({ website, ...party }: z.output<typeof PartyForm>): OurParty =>
  omitUndefined({ ...party, website: website ?? undefined });

/** Loaded when needed: most operators have no partners. */
const calls = async () => await import('./own-party-calls.ts');

/** The calls about which parties of OCPI an operator is. */
export const ocpiSettingsRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/settings/ocpi',
    summary: 'Returns the parties of OCPI that the operator is for its roaming partners.',
    scope: 'settings:read',
    response: OcpiSettingsSchema,
    versioned: [],
    run: async (caller) => await (await calls()).readPartiesCall(caller),
  }),
  route({
    method: 'PUT',
    path: '/settings/ocpi',
    summary:
      'Sets the party of OCPI that the operator is for its roaming partners, and further ones. Registered partners get them with the next registration or rotation.',
    scope: 'settings:write',
    body: OcpiSettingsForm,
    example: {
      countryCode: 'DE',
      partyId: 'JOU',
      businessName: 'Juna Charge',
      roles: ['CPO', 'EMSP'],
    },
    response: OcpiSettingsSchema,
    errors: ['PRECONDITION_FAILED'],
    versioned: [],
    run: async (caller, { body: { furtherParties, ...first }, isSeen }) => {
      const parties = [first, ...furtherParties].map(partyOf);
      return await (await calls()).writePartiesCall(caller, parties, isSeen);
    },
  }),
];
