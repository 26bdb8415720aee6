import * as z from 'zod';
import { currencyDecimals } from '../../../core/units/currency.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { decimal, id, pathId } from '../forms.ts';
import { vatIdForm } from '../vat-id-form.ts';

/** A limit from 0 on; 0 lets nobody charge. */
const limit = (most: number, decimals: number) =>
  decimal.refine(
    (text) =>
      Number(text) >= 0 && Number(text) <= most && (text.split('.')[1] ?? '').length <= decimals,
    { message: `The value must be from 0 to ${most}, with at most ${decimals} decimals.` },
  );

const limits = z
  .strictObject({
    energyKwh: limit(1_000_000_000, 6).nullish(),
    inclVat: limit(1_000_000_000, 4)
      .nullish()
      .meta({ description: 'With VAT, in the currency of the account.' }),
  })
  .transform(({ energyKwh, inclVat }) =>
    omitUndefined({ energyKwh: energyKwh ?? undefined, inclVat: inclVat ?? undefined }),
  )
  .meta({ description: 'The most that its tokens may use in a month.' });

const facts = {
  name: z.string().trim().min(1).max(100),
  email: z.email({ message: 'The value must be an e-mail address.' }).max(254),
  externalRef: id(128).meta({ description: 'Its id in another system.' }),
  currency: z
    .string()
    .max(3)
    .refine((code) => currencyDecimals(code) !== undefined, {
      message: 'The value must be an ISO 4217 currency code, as in EUR.',
    }),
  vatId: vatIdForm,
  limits,
} as const;

/** A new account; its id may be one that tokens name already. */
export const AccountForm = z.strictObject({
  accountId: pathId(64).optional(),
  ...facts,
  email: facts.email.nullish(),
  externalRef: facts.externalRef.nullish(),
  vatId: facts.vatId.nullish(),
  limits: facts.limits.optional(),
});

/** Change of an account: null removes a field, an absent one stays as it is; limits are replaced together. */
export const AccountChangeForm = z
  .strictObject({
    name: facts.name.optional(),
    email: facts.email.nullish(),
    externalRef: facts.externalRef.nullish(),
    currency: facts.currency.optional(),
    vatId: facts.vatId.nullish(),
    limits: facts.limits.optional(),
    version: z.int().min(1).optional().meta({
      description:
        'The version that the change is based on; the change is refused if it is not the latest.',
    }),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, {
    message: 'The body must contain at least one field to change.',
  });
