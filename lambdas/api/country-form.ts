import * as z from 'zod';

/** A country as OCPI has it in a location. */
export const countryForm = z.string().regex(/^[A-Z]{3}$/, {
  message: 'The value must be a country of ISO 3166-1 in three capital letters, as in DEU.',
});
