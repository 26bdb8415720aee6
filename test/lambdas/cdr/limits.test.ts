import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { correctSession } from '../../../lambdas/corrections/correct-session.ts';
import { at, codesOf, meterValues, testSigner } from '../plant.ts';
import { expectValid, openSite, start, stop, type TestSite } from '../test-site.ts';
import { resolve } from './held-plant.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'Fast', currency: 'EUR', perKwh: '10' },
    charger: { maxPowerKw: 150 },
  });
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  await site.call('PUT', '/settings', {});
  await site.register();
});

const set = async (limits: object) =>
  expect((await site.call('PUT', '/settings', { limits })).status).toBe(200);

/** A session of so many minutes and kWh at 10 EUR each, and its CDR. */
async function charged(minutes: number, kwh: number) {
  const charger = await site.plugIn();
  const { transactionId } = await charger.call('StartTransaction', start({ meterStart: 0 }));
  const end = { timestamp: at(minutes), meterStop: kwh * 1000 };
  await charger.call('StopTransaction', stop(transactionId, end));
  await site.settle();
  const [session] = await site.sessions();
  return { session, transactionId, cdr: await site.cdrOf(session) };
}

const day = 24 * 60;

describe('the limits of an operator', () => {
  it('a session above 500 EUR is held until the operator accepts it, and its CDR proves it', async () => {
    const { session, cdr } = await charged(60, 60);

    expect(cdr).toMatchObject({ state: 'held', total: null, energyKwh: 60 });
    expect(codesOf(cdr)).toEqual(['PRICE_TOO_HIGH']);
    expect(codesOf(session)).toEqual(['PRICE_TOO_HIGH']);

    expect((await resolve(site, cdr['cdrId'], { decision: 'accept' })).status).toBe(202);
    await site.settle();
    const sealed = await site.cdrOf(session);
    expect(sealed).toMatchObject({ state: 'sealed', total: { exclVat: '600.00' } });
    await expectValid(site, sealed);
  });

  it('a session of two weeks at 600 EUR passes with higher limits, and its CDR proves it', async () => {
    await set({ longestSessionDays: 14, highestPrice: { EUR: '600' } });

    const { cdr } = await charged(14 * day, 60);

    expect(cdr).toMatchObject({
      state: 'sealed',
      total: { exclVat: '600.00' },
      evidence: { basis: { limits: { longestSessionDays: 14, highestPrice: '600' } } },
    });
    expect(codesOf(cdr)).toEqual([]);
    await expectValid(site, cdr);
  });

  it('a session of 60 EUR and two days is held with lower limits', async () => {
    await set({ longestSessionDays: 1, highestPrice: { EUR: 50 } });

    const { cdr } = await charged(2 * day, 6);

    expect(codesOf(cdr)).toEqual(['SESSION_TOO_LONG']);
    expect(cdr['state']).toBe('held');
    await site.register();
    expect(codesOf((await charged(60, 6)).cdr)).toEqual(['PRICE_TOO_HIGH']);
  });

  it('limits that cannot hold a session are not mentioned in its CDR', async () => {
    await set({ longestSessionDays: 1, highestPrice: { EUR: '50' } });

    expect((await charged(60, 5)).cdr).toMatchObject({
      state: 'sealed',
      total: { exclVat: '50.00' },
      evidence: { basis: {} },
    });
  });

  it('late readings whose bill would exceed the limits are left to the operator', async () => {
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start({ meterStart: 0 }));
    await charger.call('StopTransaction', stop(transactionId, { meterStop: -1 }));
    await charger.call('MeterValues', meterValues(at(30), 4000, Number(transactionId)));
    await site.settle();
    const [session] = await site.sessions();
    expect(await site.cdrOf(session)).toMatchObject({
      state: 'sealed',
      total: { exclVat: '40.00' },
    });
    await set({ highestPrice: { EUR: '55' } });

    await charger.call('MeterValues', meterValues(at(59), 6000, Number(transactionId)));
    const message = {
      sessionId: String(session?.['sessionId']),
      until: new Date(Date.now() + 1000).toISOString(),
    };

    expect(await correctSession(site.database, testSigner, message)).toBe('unclear');
  });

  it.each([
    [{ longestSessionDays: 0 }],
    [{ longestSessionDays: 366 }],
    [{ highestPrice: { EUR: '49.99' } }],
    [{ highestPrice: { EUR: '500.001' } }],
    [{ highestPrice: { JPY: '500' } }],
    [{ highestPrice: { XYZ: '500' } }],
    [{ highestPrice: { EUR: 'much' } }],
  ])('the limits %j are refused', async (limits) => {
    expect(await site.call('PUT', '/settings', { limits })).toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });

  it('limits are shown as they were set, with the ceilings of all other currencies', async () => {
    await set({ highestPrice: { JPY: 50_000, EUR: '500' } });

    const { limits } = (await site.call('GET', '/settings')).body;
    expect(limits).toMatchObject({
      longestSessionDays: 7,
      highestPrice: { EUR: '500', JPY: '50000', SEK: '5000' },
    });
  });
});
