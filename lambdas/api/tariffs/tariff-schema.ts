import * as z from 'zod';
import { decimalText, timeText, WarningSchema } from '../common-schemas.ts';

const weekdays = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;

/** Dimension of a price component. */
export const dimensions = ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'] as const;

const ComponentSchema = z.strictObject({
  type: z.enum(dimensions),
  price: decimalText,
  vat: decimalText.optional(),
  stepSize: z.int(),
});

const RestrictionsSchema = z.strictObject({
  startTime: z.string().optional(),
  endTime: z.string().optional(),
  startDate: z.string().optional(),
  endDate: z.string().optional(),
  minKwh: decimalText.optional(),
  maxKwh: decimalText.optional(),
  minCurrent: decimalText.optional(),
  maxCurrent: decimalText.optional(),
  minPower: decimalText.optional(),
  maxPower: decimalText.optional(),
  minDuration: z.int().optional(),
  maxDuration: z.int().optional(),
  dayOfWeek: z.array(z.enum(weekdays)).optional(),
  reservation: z.enum(['RESERVATION', 'RESERVATION_EXPIRES']).optional(),
});

const ElementSchema = z
  .strictObject({
    priceComponents: z.array(ComponentSchema),
    restrictions: RestrictionsSchema.optional(),
  })
  .meta({ id: 'TariffElement' });

const LimitSchema = z.strictObject({ exclVat: decimalText, inclVat: decimalText.optional() });

const tariffFields = {
  tariffId: z.string(),
  version: z.int(),
  name: z.string(),
  currency: z.string(),
  elements: z.array(ElementSchema),
  minPrice: LimitSchema.optional(),
  maxPrice: LimitSchema.optional(),
  idleGraceMinutes: z.number().optional(),
  idleCapMinutes: z.number().optional(),
  rounding: z.strictObject({
    mode: z.enum(['half-up', 'half-even']),
    scope: z.enum(['total', 'component']),
    decimals: z.int().optional(),
  }),
  taxIncluded: z.boolean().optional(),
  type: z.string().optional(),
  altTexts: z.array(z.strictObject({ language: z.string(), text: z.string() })).optional(),
  altUrl: z.string().optional(),
  validFrom: timeText.optional(),
  validUntil: timeText.optional(),
  requireSignedValues: z.boolean().optional(),
};

/** A tariff as it prices a session. */
export const TariffTermsSchema = z.strictObject(tariffFields).meta({ id: 'TariffOfSession' });

/** A version of a tariff. */
export const TariffSchema = z
  .strictObject({ ...tariffFields, createdAt: timeText })
  .meta({ id: 'Tariff' });

/** A version of a tariff that was just written, with remarks about it. */
export const WrittenTariffSchema = z
  .strictObject({ ...tariffFields, createdAt: timeText, warnings: z.array(WarningSchema) })
  .meta({ id: 'WrittenTariff' });
