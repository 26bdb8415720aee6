import * as z from 'zod';
import type { RedeemedPromoCode } from '../../../core/tariff/promo-code/promo-code.ts';
import type { StoredPromoCode } from '../../store/tariffs/promo-codes.ts';
import { decimalText, timeText } from '../common-schemas.ts';

/** A promo code's benefit, of one kind each, with further fields. */
const withBenefit = <Extra extends z.core.$ZodLooseShape>(extra: Extra) =>
  [
    z.strictObject({ kind: z.literal('percent'), percent: decimalText, ...extra }),
    z.strictObject({
      kind: z.literal('amount'),
      currency: z.string(),
      inclVat: decimalText,
      ...extra,
    }),
    z.strictObject({ kind: z.literal('kWh'), kwh: decimalText, ...extra }),
    z.strictObject({ kind: z.literal('minutes'), minutes: z.int(), ...extra }),
  ] as const;

/** The benefit of a promo code alone. */
export const BenefitSchema = z.discriminatedUnion('kind', withBenefit({}));

/** A promo code as the operator API shows it. */
export const PromoCodeSchema = z
  .discriminatedUnion(
    'kind',
    withBenefit({
      code: z.string(),
      validFrom: timeText.nullable(),
      validUntil: timeText.nullable(),
      uses: z.int().nullable(),
      usesPerAccount: z.int().nullable(),
      tariffIds: z.array(z.string()).nullable(),
      usesSoFar: z.int(),
      createdAt: timeText,
    }),
  )
  .meta({ id: 'PromoCode' });

/** The promo code of a session. */
export const RedeemedSchema = z
  .discriminatedUnion('kind', withBenefit({ code: z.string(), redeemedAt: timeText }))
  .meta({ id: 'RedeemedPromoCode' });

/** A session and the promo code that it redeemed. */
export const RedemptionSchema = z
  .strictObject({ sessionId: z.string(), promoCode: RedeemedSchema })
  .meta({ id: 'Redemption' });

/** Shows a promo code. */
export const promoCodeView = ({ promo, redeemed, createdAt }: StoredPromoCode) => ({
  code: promo.code,
  ...promo.benefit,
  validFrom: promo.validFrom ?? null,
  validUntil: promo.validUntil ?? null,
  uses: promo.uses ?? null,
  usesPerAccount: promo.usesPerAccount ?? null,
  tariffIds: promo.tariffIds ?? null,
  usesSoFar: redeemed,
  createdAt,
});

/** Shows what a session got by a promo code. */
export const redeemedView = ({ code, benefit, redeemedAt }: RedeemedPromoCode) => ({
  code,
  ...benefit,
  redeemedAt,
});
