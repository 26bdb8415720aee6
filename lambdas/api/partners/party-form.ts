import * as z from 'zod';

/** ISO 3166-1 alpha-2, in upper case. */
export const countryCode = z
  .string()
  .regex(/^[A-Za-z]{2}$/, { message: 'The value must be a country code of two letters.' })
  .transform((text) => text.toUpperCase());

/** The id of a party within its country, in upper case. */
export const partyId = z
  .string()
  .regex(/^[A-Za-z0-9]{3}$/, { message: 'The value must be three letters or digits.' })
  .transform((text) => text.toUpperCase());

/** The roles that we play, each once. */
export const ourRoles = z
  .array(z.enum(['CPO', 'EMSP']))
  .min(1)
  .max(2)
  .transform((roles) => [...new Set(roles)]);

/** A party of OCPI, by both of its ids. */
export const partyForm = z.strictObject({ countryCode, partyId });

/** A party of OCPI as it is shown. */
export const PartySchema = z.strictObject({ countryCode: z.string(), partyId: z.string() });
