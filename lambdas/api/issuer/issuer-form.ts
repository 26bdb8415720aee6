import * as z from 'zod';
import type { Issuer } from '../../../core/receipt/issuer.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { countryForm } from '../country-form.ts';
import { vatIdForm } from '../vat-id-form.ts';

/** A line as it is printed: a break in it, or half a character, could not be. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text), {
      message: 'The value must be a line of text, without breaks and control characters.',
    });

/** Who sells, for receipts and statements. */
export const IssuerForm = z
  .strictObject({
    name: line(100),
    addressLines: z.array(line(100)).min(1).max(4),
    postalCode: line(20).nullish(),
    city: line(100),
    country: countryForm,
    vatId: vatIdForm.nullish(),
    registration: line(200).nullish(),
  })
  .transform(
    ({ postalCode, vatId, registration, ...facts }): Issuer =>
      omitUndefined({
        ...facts,
        postalCode: postalCode ?? undefined,
        vatId: vatId ?? undefined,
        registration: registration ?? undefined,
      }),
  );

/** Who sells, as it is shown. */
export const IssuerSchema = z
  .strictObject({
    name: z.string(),
    addressLines: z.array(z.string()),
    postalCode: z.string().nullable(),
    city: z.string(),
    country: z.string(),
    vatId: z.string().nullable(),
    registration: z.string().nullable(),
  })
  .meta({ id: 'Issuer', description: 'Who sells, as an invoice has to name it.' });

/** Shows who sells; null where the operator has not said it. */
export const issuerView = (issuer: Issuer | null | undefined) =>
  issuer
    ? {
        ...issuer,
        addressLines: [...issuer.addressLines],
        postalCode: issuer.postalCode ?? null,
        vatId: issuer.vatId ?? null,
        registration: issuer.registration ?? null,
      }
    : null;

/** Who sells, as it is shown. */
export type IssuerView = ReturnType<typeof issuerView>;
