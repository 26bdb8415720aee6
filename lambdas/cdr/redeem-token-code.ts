import type { CdrPromoCode } from '../../core/cdr/compute/cdr-basis.ts';
import type { CdrContent } from '../../core/cdr/model/cdr.ts';
import type { Price } from '../../core/tariff/model/price.ts';
import { applyPromoCode } from '../../core/tariff/promo-code/apply-promo-code.ts';
import { decimalOf } from '../../core/units/decimal.ts';
import { redeemPromoCode, tokenCodeMoment } from '../billing/redeem-promo-code.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { readPromoCode } from '../store/tariffs/promo-codes.ts';

/**
 * The effect of the promo code of a session's token on its CDR: nothing; the session changed, so that the CDR is to be made
 * again; or that it was refused, which the CDR states.
 */
export type TokenCode = 'none' | 'changed' | Extract<CdrPromoCode, { kind: 'refused' }>;

/** The price from which a code could take something off; undefined where there is none, or nothing to pay. */
const priceIn = ({ total, unrounded, lines, periods }: CdrContent): Price | undefined => {
  if (total === null || unrounded === null) return undefined;
  const isNothing = [total.exclVat, total.inclVat].every((text) => decimalOf(text, 12) === 0n);
  return isNothing ? undefined : { total, unrounded, lines, periods };
};

/**
 * Redeems the code that the token of a session carried when it started, now that the session is billed: as of its start,
 * and only where it makes the price smaller. A session with a code of its own gets no second one.
 */
export async function redeemTokenCode(
  database: Database,
  { session, promoCode }: StoredSession,
  draft: CdrContent,
): Promise<TokenCode> {
  const { start, sessionId, operatorId } = session;
  const price = priceIn(draft);
  if (start?.promoCode === undefined || promoCode !== undefined || price === undefined)
    return 'none';
  const name = start.promoCode;
  const code = await readPromoCode(database, operatorId, name);
  if (code !== undefined && applyPromoCode(price, code.promo) === price) return 'none';
  const at = tokenCodeMoment(start);
  const outcome = await redeemPromoCode(
    database,
    sessionId,
    { name, at },
    new Date().toISOString(),
  );
  if (outcome.kind === 'redeemed') return 'changed';
  switch (outcome.code) {
    case 'SESSION_HAS_PROMO_CODE':
    case 'SESSION_BILLED':
      return 'changed';
    default:
      return { kind: 'refused', code: name, reason: outcome.message };
  }
}
