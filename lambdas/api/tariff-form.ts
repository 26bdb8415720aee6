import * as z from 'zod';
import { NumberLiteral } from '../../core/units/json-literals.ts';
import { decimal, whole } from './forms.ts';

const longestSeconds = 31_622_400;
const longestMinutes = 10_080;

const Component = z.strictObject({
  type: z.enum(['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT']),
  price: decimal,
  vat: decimal.nullish(),
  stepSize: whole(1_000_000).default(0),
});

const Restrictions = z.strictObject({
  startTime: z.string().optional(),
  endTime: z.string().optional(),
  startDate: z.string().optional(),
  endDate: z.string().optional(),
  minKwh: decimal.optional(),
  maxKwh: decimal.optional(),
  minCurrent: decimal.optional(),
  maxCurrent: decimal.optional(),
  minPower: decimal.optional(),
  maxPower: decimal.optional(),
  minDuration: whole(longestSeconds).optional(),
  maxDuration: whole(longestSeconds).optional(),
  dayOfWeek: z
    .array(z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']))
    .optional(),
  reservation: z.enum(['RESERVATION', 'RESERVATION_EXPIRES']).optional(),
});

const Element = z.strictObject({
  priceComponents: z.array(Component).min(1).max(20),
  restrictions: Restrictions.nullish(),
});

const LimitMoney = z.strictObject({
  currency: z.string().nullish(),
  exclVat: decimal,
  inclVat: decimal.nullish(),
});

/** A limit as money, or as a plain amount, which says nothing about VAT. */
const Limit = z.preprocess(
  (given) =>
    typeof given !== 'object' || given instanceof NumberLiteral ? { exclVat: given } : given,
  LimitMoney,
);

const Rounding = z.strictObject({
  mode: z.enum(['half-up', 'half-even']),
  scope: z.enum(['total', 'component']),
  decimals: whole(6).optional(),
});

const both = {
  name: z.string().trim().min(1).max(100),
  currency: z.string().regex(/^[A-Z]{3}$/, { message: 'A currency of ISO 4217, as in EUR.' }),
  vatPercent: decimal.nullish(),
  minPrice: Limit.nullish(),
  maxPrice: Limit.nullish(),
  idleGraceMinutes: whole(longestMinutes).nullish(),
  rounding: Rounding.nullish(),
  requireSignedValues: z.boolean().nullish(),
};

const simple = {
  ...both,
  perKwh: decimal.nullish(),
  perMinute: decimal.nullish(),
  sessionFee: decimal.nullish(),
  idlePerMinute: decimal.nullish(),
};

const full = { ...both, elements: z.array(Element).min(1).max(100) };

/** What we add to a tariff, and what comes back to us when a tariff is written as it was read. */
const ours = {
  tariffId: z.string().optional(),
  version: z.int().optional(),
  createdAt: z.string().optional(),
  warnings: z.array(z.unknown()).optional(),
};

const Simple = z.strictObject(simple);
const Full = z.strictObject(full);
const SimpleChange = z.strictObject({ ...simple, ...ours });
const FullChange = z.strictObject({ ...full, ...ours });

const isFull = (form: unknown): boolean =>
  typeof form === 'object' && form !== null && 'elements' in form;

type Limits = Pick<z.infer<typeof Simple>, 'currency' | 'minPrice' | 'maxPrice'>;
type Issue = { readonly path: PropertyKey[]; readonly message: string };

const foreignLimits = (form: Limits): readonly Issue[] =>
  (['minPrice', 'maxPrice'] as const)
    .filter((name) => (form[name]?.currency ?? form.currency) !== form.currency)
    .map((name) => ({
      path: [name, 'currency'],
      message: `The tariff is in ${form.currency}, and so are its limits.`,
    }));

/** One of two forms: whichever has `elements` is the full one. */
const eitherOf = <S extends Limits, F extends Limits>(short: z.ZodType<S>, long: z.ZodType<F>) =>
  z.unknown().transform((form, context): S | F => {
    const parsed = isFull(form) ? long.safeParse(form) : short.safeParse(form);
    const issues = parsed.success ? foreignLimits(parsed.data) : parsed.error.issues;
    if (parsed.success && issues.length === 0) return parsed.data;
    for (const { message, path } of issues) {
      context.addIssue({ code: 'custom', message, path });
    }
    return z.NEVER;
  });

/** The short form of a tariff, as most operators state theirs. */
export type SimpleForm = z.infer<typeof Simple>;

/** The long form of a tariff: the elements of OCPI. */
export type FullForm = z.infer<typeof Full>;

/** A tariff as an operator writes it: the short form, or the elements of OCPI. */
export const TariffForm = eitherOf(Simple, Full);

/** A tariff as it is changed: like a new one, and as it was read, with the id and version that we gave it. */
export const TariffChange = eitherOf(SimpleChange, FullChange);
