import * as z from 'zod';
import type { PromoBenefit, PromoCode } from '../../../core/tariff/promo-code/promo-code.ts';
import { currencyDecimals } from '../../../core/units/currency.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { time } from '../../http/time-form.ts';
import { decimal, id, whole } from '../forms.ts';

/** The name of a promo code as people type it. */
export const promoCodeName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, {
  message: 'The value must be 1 to 40 letters, digits, - and _, beginning with a letter or digit.',
});

const above0 = (most: number, decimals: number) =>
  decimal.refine(
    (text) =>
      Number(text) > 0 && Number(text) <= most && (text.split('.')[1] ?? '').length <= decimals,
    {
      message: `The value must be above 0 and at most ${most}, with at most ${decimals} decimals.`,
    },
  );

const wholeAbove0 = (most: number) =>
  whole(most).refine((count) => count > 0, {
    message: `The value must be a whole number from 1 to ${most}.`,
  });

const currency = z
  .string()
  .max(3)
  .refine((code) => currencyDecimals(code) !== undefined, {
    message: 'The value must be an ISO 4217 currency code, as in EUR.',
  });

const limits = {
  code: promoCodeName,
  validFrom: time.nullish(),
  validUntil: time.nullish(),
  uses: wholeAbove0(1_000_000_000).nullish(),
  usesPerAccount: wholeAbove0(1_000_000).nullish(),
  tariffIds: z.array(id(64)).min(1).max(50).nullish(),
};

/** A promo code as an operator writes it: what it gives, and when and how often it may be redeemed. */
export const PromoCodeForm = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('percent'), percent: above0(100, 4), ...limits }),
    z.strictObject({
      kind: z.literal('amount'),
      currency,
      inclVat: above0(1_000_000, 6),
      ...limits,
    }),
    z.strictObject({ kind: z.literal('kWh'), kwh: above0(100_000, 6), ...limits }),
    z.strictObject({ kind: z.literal('minutes'), minutes: wholeAbove0(527_040), ...limits }),
  ])
  .refine(({ validFrom, validUntil }) => !validFrom || !validUntil || validFrom < validUntil, {
    path: ['validUntil'],
    message: 'validUntil must be later than validFrom.',
  });

type Form = z.infer<typeof PromoCodeForm>;

const benefitOf = (form: Form): PromoBenefit => {
  switch (form.kind) {
    case 'percent':
      return { kind: 'percent', percent: form.percent };
    case 'amount':
      return { kind: 'amount', currency: form.currency, inclVat: form.inclVat };
    case 'kWh':
      return { kind: 'kWh', kwh: form.kwh };
    case 'minutes':
      return { kind: 'minutes', minutes: form.minutes };
    default:
      return form satisfies never;
  }
};

/** The promo code that a form states. */
export const promoCodeOf = (form: Form): PromoCode =>
  omitUndefined({
    code: form.code,
    benefit: benefitOf(form),
    validFrom: form.validFrom ?? undefined,
    validUntil: form.validUntil ?? undefined,
    uses: form.uses ?? undefined,
    usesPerAccount: form.usesPerAccount ?? undefined,
    tariffIds: form.tariffIds ?? undefined,
  });
