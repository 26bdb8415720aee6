import type { Tariff } from '../../core/tariff/model/tariff.ts';
import type { PromoCode } from '../../core/tariff/promo-code/promo-code.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import { readPromoCode } from '../store/tariffs/promo-codes.ts';
import { promoVerdict, tokenCodeMoment } from './redeem-promo-code.ts';
import { tariffOf } from './tariff-of.ts';

/** The discount of a promo code, as far as it is known. */
export type PromoDiscount = Pick<PromoCode, 'code' | 'benefit'>;

/** A session and the tariff that holds for it, which is fixed from its start. */
export type SessionTerms = {
  readonly stored: StoredSession;
  readonly tariff: Tariff | undefined;
  /** The discount of its promo code: the one it has redeemed, or the one its token carries. */
  readonly promo: PromoDiscount | undefined;
};

const mostRemembered = 2_000;

/** Facts of sessions that this process has met; a session's start and tariff do not change. */
const remembered = new Map<string, SessionTerms>();

/** The code of a token is redeemed when its session is billed; until then it may be used up by others. */
async function promoOf(
  database: Database,
  stored: StoredSession,
): Promise<PromoDiscount | undefined> {
  const { promoCode, session } = stored;
  const { start, operatorId } = session;
  if (promoCode !== undefined || start?.promoCode === undefined) return promoCode;
  const code = await readPromoCode(database, operatorId, start.promoCode);
  if (code === undefined) return undefined;
  const verdict = await promoVerdict(database, stored, code, tokenCodeMoment(start));
  return verdict.kind === 'fits' ? code.promo : undefined;
}

/** Reads what is fixed of a session, once in this process; undefined while the session has no start. */
export async function readSessionTerms(
  database: Database,
  sessionId: string,
): Promise<SessionTerms | undefined> {
  const known = remembered.get(sessionId);
  if (known !== undefined) return known;
  const stored = await readSession(database, sessionId, true);
  if (stored?.session.start === undefined) return undefined;
  const [tariff, promo] = await Promise.all([
    tariffOf(database, stored.session),
    promoOf(database, stored),
  ]);
  const terms = { stored, tariff, promo };
  // A session whose place or driver is not known yet gets one, and pays the driver's price.
  const { evseId, start } = stored.session;
  if (evseId === 0 || start?.tokenId === '') return terms;
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(sessionId, terms);
  return terms;
}

/** Has the facts of a session read again that were not fixed yet: where it is. */
export const forgetSessionTerms = (sessionId: string): void => void remembered.delete(sessionId);
