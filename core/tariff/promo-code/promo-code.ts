import type { Instant } from '../../units/instant.ts';
import { parseInstant } from '../../units/parse-instant.ts';

/** The benefit of a promo code; decimals are strings. */
export type PromoBenefit =
  /** Percent of the total, 0 to 100, at most 4 decimals. */
  | { readonly kind: 'percent'; readonly percent: string }
  /** An amount of money including VAT. */
  | { readonly kind: 'amount'; readonly currency: string; readonly inclVat: string }
  /** The first kWh of the session. */
  | { readonly kind: 'kWh'; readonly kwh: string }
  /** The first minutes of charging time. */
  | { readonly kind: 'minutes'; readonly minutes: number };

/** A promo code and when it may be redeemed; every limit that is given must hold. */
export type PromoCode = {
  readonly code: string;
  readonly benefit: PromoBenefit;
  /** ISO 8601; the end is exclusive. */
  readonly validFrom?: string;
  readonly validUntil?: string;
  /** How often in all, and how often for one account. */
  readonly uses?: number;
  readonly usesPerAccount?: number;
  /** The tariffs it fits; all when absent. */
  readonly tariffIds?: readonly string[];
};

/** A promo code as it was when a session redeemed it: what is taken off its price, whatever becomes of the code. */
export type RedeemedPromoCode = Pick<PromoCode, 'code' | 'benefit'> & {
  /** Our clock, ISO 8601 in UTC. */
  readonly redeemedAt: string;
};

/** The session a code is to be redeemed for, and how often the code was redeemed before. */
export type Redemption = {
  readonly at: Instant;
  readonly tariff: { readonly tariffId: string; readonly currency: string };
  readonly uses: number;
  readonly usesOfAccount: number;
};

/** The verdict on redeeming a promo code. */
export type PromoVerdict =
  | { readonly kind: 'fits' }
  | {
      readonly kind: 'refused';
      readonly code:
        | 'PROMO_CODE_NOT_YET_VALID'
        | 'PROMO_CODE_EXPIRED'
        | 'PROMO_CODE_USED_UP'
        | 'PROMO_CODE_USED_UP_BY_ACCOUNT'
        | 'PROMO_CODE_OTHER_TARIFF'
        | 'PROMO_CODE_OTHER_CURRENCY';
      readonly message: string;
    };

const reached = (moment: string | undefined, at: Instant): boolean | undefined => {
  if (moment === undefined) return undefined;
  const parsed = parseInstant(moment);
  if (parsed.kind !== 'instant') throw new Error(`"${moment}" is not an instant.`);
  return parsed.at <= at;
};

type Refusal = Extract<PromoVerdict, { kind: 'refused' }>;
type Rule = readonly [refused: boolean, code: Refusal['code'], message: string];

const rules = (promo: PromoCode, redemption: Redemption): readonly Rule[] => {
  const { code, benefit, uses, usesPerAccount, tariffIds } = promo;
  const { at, tariff } = redemption;
  return [
    [
      reached(promo.validFrom, at) === false,
      'PROMO_CODE_NOT_YET_VALID',
      `The promo code ${code} is valid from ${promo.validFrom}.`,
    ],
    [
      reached(promo.validUntil, at) === true,
      'PROMO_CODE_EXPIRED',
      `The promo code ${code} was valid until ${promo.validUntil}.`,
    ],
    [
      tariffIds !== undefined && !tariffIds.includes(tariff.tariffId),
      'PROMO_CODE_OTHER_TARIFF',
      `The promo code ${code} does not fit the tariff of this session.`,
    ],
    [
      benefit.kind === 'amount' && benefit.currency !== tariff.currency,
      'PROMO_CODE_OTHER_CURRENCY',
      `The promo code ${code} is in another currency than ${tariff.currency}.`,
    ],
    [
      uses !== undefined && redemption.uses >= uses,
      'PROMO_CODE_USED_UP',
      `The promo code ${code} was redeemed as often as it can be.`,
    ],
    [
      usesPerAccount !== undefined && redemption.usesOfAccount >= usesPerAccount,
      'PROMO_CODE_USED_UP_BY_ACCOUNT',
      `The account redeemed the promo code ${code} as often as it can.`,
    ],
  ];
};

/**
 * Says whether a promo code can be redeemed, or the first reason why not. Two redemptions at once are distinguished by the
 * conditional write that counts them, not here.
 */
export const promoCodeFits = (promo: PromoCode, redemption: Redemption): PromoVerdict => {
  const broken = rules(promo, redemption).find(([refused]) => refused);
  if (broken === undefined) return { kind: 'fits' };
  const [, code, message] = broken;
  return { kind: 'refused', code, message };
};
