import * as z from 'zod';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { usualHoursBetweenPulls } from '../../../core/ocpi/pull/hours-between-pulls.ts';
import { quirkNames } from '../../../core/ocpi/quirks/quirk-names.ts';
import { urlProblem } from '../../outbound/check-url.ts';
import { allowLoopback } from '../../outbound/loopback-option.ts';
import { timeText } from '../common-schemas.ts';
import { id, wordOf } from '../forms.ts';
import { countryCode, ourRoles, PartySchema, partyForm, partyId } from './party-form.ts';

const quirks = z
  .array(wordOf(quirkNames))
  .max(quirkNames.length)
  .meta({ description: 'Known mistakes of the partner, by the names of docs/ocpi.md.' });

const versions = z
  .array(z.enum(ocpiVersions))
  .min(1)
  .max(ocpiVersions.length)
  .transform((chosen) => ocpiVersions.filter((version) => chosen.includes(version)))
  .meta({ description: 'Versions of OCPI that may be spoken; all unless stated.' });

const negativeCredits = z.boolean().meta({
  description:
    'In OCPI 2.1.1, which has no credits: the partner agreed to CDRs with a negative total instead.',
});

const pullEveryHours = z.int().min(1).max(168).nullable().meta({
  description:
    'Hours between two pulls of the partner’s locations, tariffs, sessions and CDRs, where we are its eMSP, and of its drivers’ tokens, where we are its CPO; null: never.',
});

const askUnknownTokens = z.boolean().meta({
  description:
    'Whether the partner is asked, where we are its CPO, about a token that nobody knows while its driver waits at a charger; about its own tokens it is asked as they say.',
});

const ourParties = z.array(partyForm).max(51).meta({
  description:
    'The parties of ours that the partner is connected to; none: all. It gets them with the next registration or rotation. In OCPI 2.1.1, whose connections have one party, the first counts.',
});

const mostPrices = 50;

const tariffIds = z
  .record(id(64), id(64))
  .meta({
    maxProperties: mostPrices,
    description:
      'Tariffs that drivers of the partner pay instead of those of our places: by the id of the place’s tariff, the id of another one in the same currency.',
  })
  .refine((prices) => Object.keys(prices).length <= mostPrices, {
    message: `At most ${mostPrices} tariffs can be replaced.`,
  });

const name = z.string().trim().min(1).max(100);

const url = z
  .string()
  .max(255)
  .refine((text) => urlProblem(text, allowLoopback) === undefined, {
    message: 'The value must be an https URL of a public address.',
  });

const tokenA = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, { message: 'The value must be 1 to 64 printable characters.' });

const handshake = {
  versionsUrl: url.optional().meta({ description: 'The partner’s list of versions.' }),
  tokenA: tokenA.optional().meta({ description: 'The token that the partner gave us.' }),
};

/** Says whether a partner's address and its token come together. */
const isPaired = (form: { versionsUrl?: string | undefined; tokenA?: string | undefined }) =>
  (form.versionsUrl === undefined) === (form.tokenA === undefined);

const paired = { message: 'versionsUrl and tokenA belong together.', path: ['tokenA'] };

/** A new partner: invited, or registered with at once where its address and token are given. */
export const PartnerForm = z
  .strictObject({
    name,
    countryCode: countryCode.optional(),
    partyId: partyId.optional(),
    roles: ourRoles.default(['CPO', 'EMSP']).meta({
      description: 'Our roles on this connection; with OCPI 2.1.1 the first.',
    }),
    ourParties: ourParties.default([]),
    versions: versions.default([...ocpiVersions]),
    quirks: quirks.default([]),
    negativeCredits: negativeCredits.default(false),
    pullEveryHours: pullEveryHours.default(usualHoursBetweenPulls),
    askUnknownTokens: askUnknownTokens.default(true),
    tariffIds: tariffIds.default({}),
    ofDeployment: z.boolean().default(false).meta({
      description:
        'The hub between the operators of this deployment that have such a partner: registered at once, and reached by routing headers.',
    }),
    ...handshake,
  })
  .refine(isPaired, paired)
  .refine((form) => !form.ofDeployment || form.versionsUrl === undefined, {
    message: 'The hub of this deployment has no other address.',
    path: ['versionsUrl'],
  })
  .refine((form) => (form.countryCode === undefined) === (form.partyId === undefined), {
    message: 'countryCode and partyId belong together.',
    path: ['partyId'],
  });

/** Changes of a partner; what is left out stays. */
export const PartnerChanges = z.strictObject({
  name: name.optional(),
  ourParties: ourParties.optional(),
  versions: versions.optional(),
  quirks: quirks.optional(),
  negativeCredits: negativeCredits.optional(),
  pullEveryHours: pullEveryHours.optional(),
  askUnknownTokens: askUnknownTokens.optional(),
  tariffIds: tariffIds.optional(),
});

/** Another registration: by a new token A of ours, or with the partner's address and token. */
export const RegistrationForm = z.strictObject(handshake).refine(isPaired, paired);

const RegistrationSchema = z.strictObject({
  version: z.string(),
  versionsUrl: z.string(),
  registeredAt: timeText,
  endpoints: z.array(
    z.strictObject({ identifier: z.string(), role: z.string().nullable(), url: z.string() }),
  ),
  parties: z.array(
    z.strictObject({
      role: z.string().nullable(),
      countryCode: z.string(),
      partyId: z.string(),
      name: z.string(),
    }),
  ),
});

const partnerFields = {
  partnerId: z.string(),
  name: z.string(),
  state: z.enum(['invited', 'registered', 'suspended', 'unregistered']).meta({
    description: 'unregistered: the partner took its registration back and needs a new token A.',
  }),
  version: z.string().nullable().meta({ description: 'The version of OCPI that is spoken.' }),
  roles: z.array(z.string()),
  ourParties: z.array(PartySchema),
  versions: z.array(z.string()),
  quirks: z.array(z.string()),
  negativeCredits: z.boolean(),
  pullEveryHours: z
    .int()
    .nullable()
    .meta({ description: 'Hours between two pulls; null: only when asked for.' }),
  askUnknownTokens: z.boolean(),
  tariffIds: z.record(z.string(), z.string()),
  ofDeployment: z.boolean(),
  countryCode: z.string().nullable(),
  partyId: z.string().nullable(),
  hub: z
    .strictObject({ countryCode: z.string(), partyId: z.string() })
    .nullable()
    .meta({ description: 'The party of the hub that the partner is.' }),
  registration: RegistrationSchema.nullable(),
  suspendedAt: timeText.nullable(),
  createdAt: timeText,
  updatedAt: timeText,
};

/** A partner as it is shown. */
export const PartnerSchema = z.strictObject(partnerFields).meta({ id: 'Partner' });

/** A partner with what it needs to register, if it is invited. */
export const InvitedPartnerSchema = z
  .strictObject({
    ...partnerFields,
    versionsUrl: z.string().meta({ description: 'Our list of versions, for the partner.' }),
    tokenA: z.string().nullable().meta({
      description: 'The token that the partner registers with; shown only once.',
    }),
  })
  .meta({ id: 'InvitedPartner' });

/** The result of a test of the connection to a partner. */
export const PartnerTestSchema = z
  .strictObject({
    ok: z.boolean(),
    checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'PartnerTest' });
