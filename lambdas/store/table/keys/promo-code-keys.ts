import { normalizePromoCode } from '../../../../core/tariff/model/normalize-promo-code.ts';
import { normalizeTokenId } from '../../../../core/token/normalize-token-id.ts';
import type { Key } from './key.ts';
import { tokenPart } from './token-keys.ts';

const promoCode = (operatorId: string, code: string): string =>
  `PROMOCODE#${operatorId}#${normalizePromoCode(code)}`;

/** A promo code and how often it was redeemed; codes are compared case-insensitively. */
export const promoCodeItemKey = (operatorId: string, code: string): Key => ({
  pk: promoCode(operatorId, code),
  sk: 'PROMOCODE',
});

/** Who redeems a promo code: an account, or a token that has none. */
export type PromoHolder = { readonly accountId: string } | { readonly tokenId: string };

/**
 * How often one account redeemed a promo code. `promoCodeId` distinguishes a code from a deleted one of the same name.
 */
export const promoUsesKey = (
  operatorId: string,
  code: string,
  promoCodeId: string,
  holder: PromoHolder,
): Key => ({
  pk: promoCode(operatorId, code),
  sk:
    'accountId' in holder
      ? `USES#${promoCodeId}#ACCOUNT#${holder.accountId}`
      : `USES#${promoCodeId}#TOKEN#${tokenPart(normalizeTokenId(holder.tokenId))}`,
});
