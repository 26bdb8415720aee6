import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import type { DecodeMessage } from '../../../lambdas/billing/decode-once.ts';
import { makeCdr } from '../../../lambdas/cdr/make-cdr.ts';
import { correctSession } from '../../../lambdas/corrections/correct-session.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { beginSession } from '../begin-session.ts';
import { beginLateSession, byTheHour, carryOn } from '../corrections/late-plant.ts';
import { cdrHelpers, newOperator, type TestOperator, testSigner } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  tariffId = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
});

afterAll(async () => {
  await database.stop();
});

/** Counts how often each message is decoded. */
function countingDecoder(): { readonly decode: DecodeMessage; readonly counts: () => number[] } {
  const times = new Map<string, number>();
  return {
    decode: (_protocol, message) => {
      times.set(message.key, (times.get(message.key) ?? 0) + 1);
      return decodeMessage(v16, message);
    },
    counts: () => [...times.values()],
  };
}

async function tokenWithCode(uses: number): Promise<string> {
  const code = `CODE-${uses}`;
  const promo = { code, kind: 'percent', percent: '50', uses: 1 };
  expect((await operator.call('POST', '/promo-codes', promo)).status).toBe(201);
  const tokenId = `TOKEN-${uses}`;
  await operator.call('POST', '/tokens', { tokenId, promoCode: code });
  return tokenId;
}

describe('the messages of a CDR', () => {
  it.each([
    ['redeemed', 0],
    ['refused', 1],
  ] as const)(
    'the messages of a CDR are each decoded once when the promo code of a token is %s',
    async (kind, used) => {
      const idTag = await tokenWithCode(used);
      for (let n = 0; n < used; n += 1) {
        await (await beginSession(database, operator, { idTag, tariffId })).end();
      }
      const session = await beginSession(database, operator, { idTag, tariffId });
      for (const wh of [2000, 4000, 6000]) await session.read(wh);
      await session.stop();
      const { decode, counts } = countingDecoder();

      await makeCdr(database, { ...cdrHelpers, decode }, session.sessionId);

      expect(await session.cdr()).toMatchObject({ evidence: { basis: { promoCode: { kind } } } });
      expect(counts()).toEqual([1, 1, 1, 1]);
    },
  );

  it("the messages of a CDR are each decoded once when the operator's settings decide the price", async () => {
    const session = await beginSession(database, operator, { idTag: 'TAG1', tariffId });
    await session.read(0);
    await session.stopAt(1000);
    const { decode, counts } = countingDecoder();

    await makeCdr(database, { ...cdrHelpers, decode }, session.sessionId);

    expect(await session.cdr()).toMatchObject({
      energyKwh: 0,
      evidence: { basis: { settings: {} } },
    });
    expect(counts()).toEqual([1, 1]);
  });

  it('the messages of a CDR are each decoded once when late readings are reviewed', async () => {
    const hourly = (await operator.call('POST', '/tariffs', byTheHour)).body['tariffId'];
    const session = await beginLateSession(database, operator, hourly);
    await session.stop();
    await carryOn(database, session);
    await session.read(60, 8000);
    const asked = await carryOn(database, session);
    const { decode, counts } = countingDecoder();

    const message = asked.at(-1);
    if (message === undefined) throw new Error('nothing came late');
    expect(await correctSession(database, testSigner, message, decode)).toBe('corrected');

    expect(counts()).toEqual([1, 1]);
  });
});
