import { expect, it } from 'vitest';
import type { PromoCode } from '../../core/tariff/promo-code/promo-code.ts';
import type { StoredSession } from '../../lambdas/store/sessions/session-item.ts';
import { insertSession, readSession } from '../../lambdas/store/sessions/sessions.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import {
  createPromoCode,
  deletePromoCode,
  listPromoCodes,
  readPromoCode,
  readUsesOf,
  type StoredPromoCode,
} from '../../lambdas/store/tariffs/promo-codes.ts';
import { writeRedemption } from '../../lambdas/store/tariffs/redemptions.ts';
import { sessionOf } from '../core/cdr/cdr-samples.ts';
import { startedEvent } from '../core/session/session-samples.ts';
import { onEachEngine } from './on-each-engine.ts';

const redeemedAt = '2026-03-02T10:05:00.000Z';
let count = 0;

const codeWith = (limits: Partial<PromoCode> = {}): StoredPromoCode => {
  count += 1;
  return {
    promoCodeId: `promo_${count}`,
    createdAt: '2026-01-01T00:00:00.000Z',
    promo: { code: `Code-${count}`, benefit: { kind: 'percent', percent: '10' }, ...limits },
    redeemed: 0,
  };
};

async function newSession(database: Database): Promise<StoredSession> {
  count += 1;
  const sessionId = `ses_${count}`;
  await insertSession(database, { ...sessionOf(startedEvent()), sessionId }, { shard: 0 });
  return await standing(database, sessionId);
}

async function standing(database: Database, sessionId: string): Promise<StoredSession> {
  const stored = await readSession(database, sessionId, true);
  if (stored === undefined) throw new Error('no session');
  return stored;
}

const redeem = async (
  database: Database,
  stored: StoredSession,
  code: StoredPromoCode,
  accountId = 'acc1',
) => {
  const { code: name, benefit } = code.promo;
  const redeemed = { code: name, benefit, redeemedAt };
  return await writeRedemption(database, { stored, code, holder: { accountId }, redeemed });
};

/** Tries as long as others are at it. */
const redeemAtLast: typeof redeem = async (...given) => {
  for (;;) {
    const outcome = await redeem(...given);
    if (outcome !== 'busy') return outcome;
  }
};

onEachEngine('the store of promo codes', (database) => {
  it('a promo code is kept and deleted by its name in any case, for its own operator only', async () => {
    const code = codeWith({ uses: 3, tariffIds: ['tar1'] });
    const again = { ...code, promo: { ...code.promo, code: code.promo.code.toUpperCase() } };

    expect(await createPromoCode(database(), 'op1', code)).toBe('created');
    expect(await createPromoCode(database(), 'op1', again)).toBe('exists');
    expect(await readPromoCode(database(), 'op1', again.promo.code)).toEqual(code);
    expect(await readPromoCode(database(), 'op2', code.promo.code)).toBeUndefined();
    expect((await listPromoCodes(database(), 'op1', { limit: 9 })).items).toContainEqual(code);
    expect(await deletePromoCode(database(), 'op2', code.promo.code)).toBe('absent');
    expect(await deletePromoCode(database(), 'op1', again.promo.code)).toBe('deleted');
    expect(await deletePromoCode(database(), 'op1', code.promo.code)).toBe('absent');
  });

  it('a promo code is redeemed for a session once, and counted', async () => {
    const code = codeWith({ usesPerAccount: 5 });
    await createPromoCode(database(), 'op1', code);
    const session = await newSession(database());

    expect(await redeem(database(), session, code)).toBe('redeemed');
    expect(await redeem(database(), session, code)).toBe('changed');

    const { sessionId } = session.session;
    expect(await standing(database(), sessionId)).toEqual({
      ...session,
      version: session.version + 1,
      promoCode: { code: code.promo.code, benefit: code.promo.benefit, redeemedAt },
    });
    expect(await redeem(database(), await standing(database(), sessionId), code)).toBe('changed');
    expect(await readPromoCode(database(), 'op1', code.promo.code)).toEqual({
      ...code,
      redeemed: 1,
    });
    expect(await readUsesOf(database(), 'op1', code, { accountId: 'acc1' })).toBe(1);
    expect(await readUsesOf(database(), 'op1', code, { tokenId: 'acc1' })).toBe(0);
  });

  it('the last use of a promo code goes to one of many simultaneous requests', async () => {
    const code = codeWith({ uses: 2 });
    await createPromoCode(database(), 'op1', code);
    await redeem(database(), await newSession(database()), code);
    const sessions = await Promise.all(Array.from({ length: 20 }, () => newSession(database())));

    const outcomes = await Promise.all(
      sessions.map((session) => redeemAtLast(database(), session, code)),
    );

    expect(outcomes.filter((outcome) => outcome === 'redeemed')).toHaveLength(1);
    expect((await readPromoCode(database(), 'op1', code.promo.code))?.redeemed).toBe(2);
    const given = await Promise.all(
      sessions.map(({ session }) => standing(database(), session.sessionId)),
    );
    expect(given.filter(({ promoCode }) => promoCode !== undefined)).toHaveLength(1);
  });

  it('an account gets no more uses of a promo code than its share, however many are left', async () => {
    const code = codeWith({ usesPerAccount: 1 });
    await createPromoCode(database(), 'op1', code);
    const [first, second] = [await newSession(database()), await newSession(database())];

    expect(await redeem(database(), first, code)).toBe('redeemed');
    expect(await redeem(database(), second, code)).toBe('changed');
    expect(await redeem(database(), second, code, 'acc2')).toBe('redeemed');
    expect((await readPromoCode(database(), 'op1', code.promo.code))?.redeemed).toBe(2);
  });

  it('a promo code that was deleted or created again since it was read is not redeemed', async () => {
    const code = codeWith();
    const session = await newSession(database());
    await createPromoCode(database(), 'op1', code);
    await deletePromoCode(database(), 'op1', code.promo.code);

    expect(await redeem(database(), session, code)).toBe('changed');
    await createPromoCode(database(), 'op1', { ...code, promoCodeId: 'another' });
    expect(await redeem(database(), session, code)).toBe('changed');
    expect((await standing(database(), session.session.sessionId)).promoCode).toBeUndefined();
  });
});
