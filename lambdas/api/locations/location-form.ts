import * as z from 'zod';
import { decimal, id, timeZone } from '../forms.ts';

/** Degrees as OCPI has them: up to 7 decimals, which is a centimetre. */
const degrees = (most: number) =>
  decimal.refine(
    (text) => /^-?\d{1,3}(?:\.\d{1,7})?$/.test(text) && Math.abs(Number(text)) <= most,
    {
      message: `The value must be decimal degrees from -${most} to ${most} with at most 7 decimals.`,
    },
  );

/** Fields of a location that an operator may set and change later: none is longer than OCPI takes in all its versions. */
const facts = {
  name: z.string().trim().min(1).max(100),
  address: z.string().trim().min(1).max(45),
  city: z.string().trim().min(1).max(45),
  postalCode: z.string().trim().min(1).max(10),
  country: z.string().regex(/^[A-Z]{3}$/, {
    message: 'The value must be a country of ISO 3166-1 in three capital letters, as in DEU.',
  }),
  coordinates: z.strictObject({ latitude: degrees(90), longitude: degrees(180) }),
  timeZone,
  tariffId: id(64),
  publish: z.boolean(),
} as const;

/** A new location. */
export const LocationForm = z.strictObject({
  ...facts,
  postalCode: facts.postalCode.optional(),
  tariffId: facts.tariffId.optional(),
  publish: facts.publish.default(false),
});

/** Change of a location: null removes a field, an absent one stays as it is. */
export const LocationChangeForm = z
  .strictObject({
    name: facts.name.optional(),
    address: facts.address.optional(),
    city: facts.city.optional(),
    postalCode: facts.postalCode.nullable().optional(),
    country: facts.country.optional(),
    coordinates: facts.coordinates.optional(),
    timeZone: facts.timeZone.optional(),
    tariffId: facts.tariffId.nullable().optional(),
    publish: facts.publish.optional(),
    version: z.int().min(1).optional().meta({
      description:
        'The version that the change is based on; the change is refused if it is not the latest.',
    }),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, {
    message: 'The body must contain at least one field to change.',
  });
