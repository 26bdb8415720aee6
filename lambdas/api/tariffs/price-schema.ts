import * as z from 'zod';
import { decimalText, MoneySchema, timeText, WarningSchema } from '../common-schemas.ts';
import { dimensions } from './tariff-schema.ts';

/** A line of a bill with its reason. */
export const PriceLineSchema = z
  .strictObject({
    component: z.enum([...dimensions, 'ROUNDING', 'MIN_PRICE', 'MAX_PRICE', 'PROMO_CODE']),
    quantity: decimalText,
    billedQuantity: decimalText,
    unit: z.enum(['kWh', 'h', 'session']),
    unitPrice: decimalText,
    vatPercent: decimalText.nullable(),
    exclVat: decimalText,
    inclVat: decimalText,
    reason: z.string(),
  })
  .meta({ id: 'PriceLine' });

/** A span of a session under one set of prices. */
export const PricePeriodSchema = z
  .strictObject({
    startedAt: timeText,
    endedAt: timeText,
    energyKwh: z.number(),
    activity: z.enum(['charging', 'idle', 'unused']),
    elements: z.partialRecord(z.enum(dimensions), z.int()),
  })
  .meta({ id: 'PricePeriod' });

/** An amount before rounding. */
export const UnroundedSchema = z.strictObject({ exclVat: decimalText, inclVat: decimalText });

/** Price by the tariff alone, if a promo code reduced it. */
export const BeforePromoCodeSchema = z.strictObject({
  total: MoneySchema,
  unrounded: UnroundedSchema,
});

/** Price of a described session. */
export const PreviewSchema = z
  .strictObject({
    tariffId: z.string(),
    version: z.int(),
    startedAt: timeText,
    endedAt: timeText,
    timeZone: z.string(),
    energyKwh: z.number(),
    total: MoneySchema,
    unrounded: UnroundedSchema,
    lines: z.array(PriceLineSchema),
    periods: z.array(PricePeriodSchema),
    beforePromoCode: BeforePromoCodeSchema.optional(),
    warnings: z.array(WarningSchema),
  })
  .meta({ id: 'PricePreview' });
