import { setTimeout as pause } from 'node:timers/promises';
import type { SessionStart } from '../../core/session/session.ts';
import { normalizePromoCode } from '../../core/tariff/model/normalize-promo-code.ts';
import { tariffMoment } from '../../core/tariff/model/tariff-moment.ts';
import {
  type PromoVerdict,
  promoCodeFits,
  type RedeemedPromoCode,
} from '../../core/tariff/promo-code/promo-code.ts';
import { instant } from '../../core/units/instant.ts';
import { ConcurrentUpdateError } from '../runtime/concurrent-update-error.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import type { PromoHolder } from '../store/table/keys/promo-code-keys.ts';
import { readPromoCode, readUsesOf, type StoredPromoCode } from '../store/tariffs/promo-codes.ts';
import { writeRedemption } from '../store/tariffs/redemptions.ts';
import { tariffOf } from './tariff-of.ts';

type Unfit = Extract<PromoVerdict, { kind: 'refused' }>;

/** Why a promo code was not redeemed, with a sentence. */
type Refused = {
  readonly kind: 'refused';
  readonly code:
    | Unfit['code']
    | 'PROMO_CODE_NOT_FOUND'
    | 'SESSION_HAS_PROMO_CODE'
    | 'SESSION_BILLED';
  readonly message: string;
};

/** The outcome of a redemption: the session's benefit, now or by the same code before, or why there is none. */
export type Redeemed =
  | {
      readonly kind: 'redeemed';
      readonly stored: StoredSession;
      readonly promoCode: RedeemedPromoCode;
    }
  | Refused;

/** A promo code by its name, and when it has to be valid, ISO 8601 in UTC. */
type Wanted = { readonly name: string; readonly at: string };

const refusal = (code: Refused['code'], message: string): Refused => ({
  kind: 'refused',
  code,
  message,
});

/** The benefit of a session that can no longer redeem the code. */
function settled(stored: StoredSession, { name }: Wanted): Redeemed | undefined {
  const { promoCode, result, session, decision } = stored;
  if (promoCode !== undefined) {
    return normalizePromoCode(promoCode.code) === normalizePromoCode(name)
      ? { kind: 'redeemed', stored, promoCode }
      : refusal('SESSION_HAS_PROMO_CODE', `The session has the promo code ${promoCode.code}.`);
  }
  const isVoid = session.state === 'void' || decision?.kind === 'void';
  return result?.cdrSequence !== undefined || isVoid
    ? refusal('SESSION_BILLED', 'The price of the session is final.')
    : undefined;
}

/** A token without an account counts as its own account. */
const holderOf = ({ session: { start } }: StoredSession): PromoHolder =>
  start?.accountId === undefined
    ? { tokenId: start?.tokenId ?? '' }
    : { accountId: start.accountId };

/** When the code of a token has to be valid: at the start of its session, by the moment of its tariff. ISO 8601 in UTC. */
export const tokenCodeMoment = ({ startedAt, receivedAt }: SessionStart): string =>
  tariffMoment(startedAt, receivedAt) ?? receivedAt;

/** Says whether a code can be redeemed for a session by what was read of them. */
export async function promoVerdict(
  database: Database,
  stored: StoredSession,
  code: StoredPromoCode,
  at: string,
): Promise<PromoVerdict> {
  const { promo, redeemed } = code;
  const { operatorId } = stored.session;
  const [tariff, usesOfAccount] = await Promise.all([
    tariffOf(database, stored.session, stored.decision),
    promo.usesPerAccount === undefined
      ? 0
      : readUsesOf(database, operatorId, code, holderOf(stored)),
  ]);
  if (tariff === undefined) {
    const message = `The session has no tariff for the promo code ${promo.code} to fit.`;
    return { kind: 'refused', code: 'PROMO_CODE_OTHER_TARIFF', message };
  }
  const moment = instant(BigInt(Date.parse(at)));
  return promoCodeFits(promo, { at: moment, tariff, uses: redeemed, usesOfAccount });
}

async function attempt(
  database: Database,
  stored: StoredSession,
  wanted: Wanted,
  now: string,
): Promise<Redeemed | 'changed' | 'busy'> {
  const known = settled(stored, wanted);
  if (known !== undefined) return known;
  const code = await readPromoCode(database, stored.session.operatorId, wanted.name);
  if (code === undefined) {
    return refusal('PROMO_CODE_NOT_FOUND', `There is no promo code ${wanted.name}.`);
  }
  const verdict = await promoVerdict(database, stored, code, wanted.at);
  if (verdict.kind === 'refused') return verdict;
  const { code: name, benefit } = code.promo;
  const redeemed: RedeemedPromoCode = { code: name, benefit, redeemedAt: now };
  const holder = holderOf(stored);
  const written = await writeRedemption(database, { stored, code, holder, redeemed });
  return written === 'redeemed' ? { kind: 'redeemed', stored, promoCode: redeemed } : written;
}

/** How often code or session may be written by others before we give up. */
const mostAttempts = 16;
const longestPauseMilliseconds = 400;

/**
 * Redeems a promo code for a session, once: the same code again gets the same answer and is not a second use. The last use
 * of a code goes to one of those who want it at the same time. `now` is our clock, ISO 8601 in UTC.
 */
export async function redeemPromoCode(
  database: Database,
  sessionId: string,
  wanted: Wanted,
  now: string,
): Promise<Redeemed> {
  for (let n = 0; n < mostAttempts; n += 1) {
    const stored = await readSession(database, sessionId, true);
    if (stored === undefined)
      throw new Error('A promo code is redeemed for a session that is kept');
    const outcome = await attempt(database, stored, wanted, now);
    if (typeof outcome === 'object') return outcome;
    if (outcome === 'busy') {
      // Not all at once again.
      await pause(Math.random() * Math.min(longestPauseMilliseconds, 20 * 2 ** n));
    }
  }
  throw new ConcurrentUpdateError('Promo code and session kept changing while it was redeemed');
}
