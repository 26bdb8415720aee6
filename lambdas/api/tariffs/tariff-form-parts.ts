import * as z from 'zod';
import { NumberLiteral } from '../../../core/units/json-literals.ts';
import { time } from '../../http/time-form.ts';
import { decimal, whole } from '../forms.ts';

const longestSeconds = 31_622_400;
const longestMinutes = 10_080;

const Weekday = z.enum([
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
]);

/** A time of day, a date or a currency: those rules that the price depends on are checked with the tariff. */
const shortText = z.string().max(64);

const Component = z.strictObject({
  type: z.enum(['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT']),
  price: decimal,
  vat: decimal.nullish(),
  stepSize: whole(1_000_000).default(0),
});

const Restrictions = z.strictObject({
  startTime: shortText.optional(),
  endTime: shortText.optional(),
  startDate: shortText.optional(),
  endDate: shortText.optional(),
  minKwh: decimal.optional(),
  maxKwh: decimal.optional(),
  minCurrent: decimal.optional(),
  maxCurrent: decimal.optional(),
  minPower: decimal.optional(),
  maxPower: decimal.optional(),
  minDuration: whole(longestSeconds).optional(),
  maxDuration: whole(longestSeconds).optional(),
  dayOfWeek: z.array(Weekday).max(7).optional(),
  reservation: z.enum(['RESERVATION', 'RESERVATION_EXPIRES']).optional(),
});

const Element = z.strictObject({
  priceComponents: z.array(Component).min(1).max(20),
  restrictions: Restrictions.nullish(),
});

const LimitMoney = z.strictObject({
  currency: shortText.nullish(),
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

/** A text for drivers in a language of ISO 639-1, as long as OCPI lets it be. */
const AltText = z.strictObject({
  language: z
    .string()
    .regex(/^[a-z]{2}$/, { message: 'The value must be an ISO 639-1 language code, as in de.' }),
  text: z.string().trim().min(1).max(512),
});

/** The properties every tariff has or may have besides its prices. */
export const carriedFields = {
  name: z.string().trim().min(1).max(100),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { message: 'The value must be an ISO 4217 currency code, as in EUR.' }),
  type: z
    .enum(['AD_HOC_PAYMENT', 'PROFILE_CHEAP', 'PROFILE_FAST', 'PROFILE_GREEN', 'REGULAR'])
    .nullish(),
  altTexts: z.array(AltText).max(50).nullish(),
  altUrl: z
    .url({ protocol: /^https?$/ })
    .max(255)
    .nullish(),
  validFrom: time.nullish(),
  validUntil: time.nullish(),
  requireSignedValues: z.boolean().nullish(),
};

/** The properties that apply to all prices of a tariff. */
export const pricedFields = {
  ...carriedFields,
  vatPercent: decimal.nullish(),
  taxIncluded: z.boolean().nullish(),
  minPrice: Limit.nullish(),
  maxPrice: Limit.nullish(),
  idleGraceMinutes: whole(longestMinutes).nullish(),
  idleCapMinutes: whole(longestMinutes).nullish(),
  rounding: Rounding.nullish(),
};

/** The prices of the short forms. */
export const simpleFields = {
  ...pricedFields,
  perKwh: decimal.nullish(),
  perMinute: decimal.nullish(),
  sessionFee: decimal.nullish(),
  idlePerMinute: decimal.nullish(),
};

const Hours = z.strictObject({
  from: shortText,
  to: shortText,
  days: z.array(Weekday).min(1).max(7).nullish(),
  perKwh: decimal.nullish(),
  perMinute: decimal.nullish(),
  idlePerMinute: decimal.nullish(),
});

const Tier = z.strictObject({ upToKwh: decimal, perKwh: decimal });

/** The hours of a time-of-use tariff. */
export const hoursField = z.array(Hours).min(1).max(50);

/** The tiers of a tiered tariff. */
export const tiersField = z.array(Tier).min(1).max(50);

/** The elements of OCPI. */
export const elementsField = z.array(Element).min(1).max(100);
