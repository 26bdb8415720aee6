import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { firstTransactionId } from '../../core/ocpp/received-event.ts';
import { at, type Body, codesOf, messageRecords, meterValues } from '../plant.ts';
import { expectValid, openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [
      { tokenId: 'TAG1', accountId: 'acc-1' },
      { tokenId: 'BLOCKED', status: 'Blocked' },
      { tokenId: 'OLD', validUntil: '2020-01-01T00:00:00Z' },
    ],
    tariff: { name: 'AC', currency: 'EUR', vatPercent: 19, perKwh: 0.5 },
    charger: { maxPowerKw: 22, timeZone: 'Europe/Berlin' },
  });
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  await site.register();
});

describe('a session, from plug-in to sealed CDR', () => {
  it('a session runs with energy and cost so far, and ends in a CDR that adds up', async () => {
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());
    for (const [minute, wh] of [
      [15, 3000],
      [30, 6000],
    ] as const) {
      await charger.call('MeterValues', meterValues(at(minute), wh, Number(transactionId)));
    }
    await site.settle();
    const active = (await site.call('GET', '/sessions/active')).body.items ?? [];
    const running = active.find(({ chargerId }) => chargerId === site.chargerId);
    expect(running).toMatchObject({
      state: 'active',
      tokenId: 'TAG1',
      accountId: 'acc-1',
      energyKwh: 5,
      cost: { currency: 'EUR', exclVat: '2.50', inclVat: '2.98' },
    });
    expect((await site.cdrOf(running))['code']).toBeUndefined();

    await charger.call('StopTransaction', stop(Number(transactionId)));
    await site.settle();

    const [ended] = await site.sessions();
    const cdr = await site.cdrOf(ended);
    expect(ended).toMatchObject({ state: 'ended', energyKwh: 10, stopReason: 'Local' });
    expect(ended?.['cdrId']).toBe(cdr['cdrId']);
    expect(cdr).toMatchObject({
      state: 'sealed',
      energyKwh: 10,
      meterStart: { wh: 1000 },
      meterStop: { wh: 11_000 },
      total: { currency: 'EUR', exclVat: '5.00', inclVat: '5.95' },
      seal: { sequence: 1, keyId: 'arn:test:key' },
    });
    expect((await site.call('GET', `/cdrs/${cdr['cdrId']}`)).body).toEqual(cdr);
    await expectValid(site, cdr);
  });

  it('the CDRs of a charger are chained, each to the previous one', async () => {
    const charger = await site.plugIn();
    for (const hour of [0, 100, 200]) {
      const begin = start({ timestamp: at(hour), meterStart: 1000 * hour });
      const { transactionId } = await charger.call('StartTransaction', begin);
      const end = { timestamp: at(hour + 60), meterStop: 1000 * hour + 500 };
      await charger.call('StopTransaction', stop(Number(transactionId), end));
    }
    await site.settle();

    const list = await site.call('GET', `/cdrs?chargerId=${site.chargerId}`);
    const seals = (list.body.items ?? []).map((cdr) => cdr['seal'] as Body);
    seals.sort((a, b) => Number(a['sequence']) - Number(b['sequence']));
    expect(seals.map((seal) => seal['sequence'])).toEqual([1, 2, 3]);
    expect(seals[0]?.['previousHash']).toBe('0'.repeat(64));
    expect(seals[1]?.['previousHash']).toBe(seals[0]?.['hash']);
    expect(seals[2]?.['previousHash']).toBe(seals[1]?.['hash']);
  });
});

describe('messages that come again', () => {
  it('a repeated start on another connection gets the same answer and creates one session', async () => {
    const first = await site.plugIn();
    const answer = await first.call('StartTransaction', start());
    const later = await site.plugIn(Date.now() + 3 * 86_400_000);

    expect(await later.call('StartTransaction', start())).toEqual(answer);
    expect(await site.sessions()).toHaveLength(1);
    expect(answer['transactionId']).toBeGreaterThan(0);
  });

  it('two starts in the same second on two connectors create two sessions', async () => {
    const charger = await site.plugIn();
    const one = await charger.call('StartTransaction', start());
    const two = await charger.call('StartTransaction', start({ connectorId: 2 }));

    expect(one['transactionId']).not.toBe(two['transactionId']);
    expect(await site.sessions()).toHaveLength(2);
  });

  it('a session sent twice and days late has the same CDR, byte for byte', async () => {
    const replay = async (times: number): Promise<Body> => {
      const charger = await site.plugIn(Date.parse('2026-04-20T00:00:00Z'));
      let id = 0;
      for (let n = 0; n < times; n += 1) {
        id = Number((await charger.call('StartTransaction', start()))['transactionId']);
        await charger.call('MeterValues', meterValues(at(30), 5000, id));
        await charger.call('StopTransaction', stop(id));
        await site.settle();
      }
      return await site.cdrOf((await site.sessions())[0]);
    };

    const once = await replay(1);
    const thrice = await replay(2);

    expect(once['state']).toBe('sealed');
    expect(thrice).toEqual(once);
    const kept = (await messageRecords(site.database)).filter(
      (one) => one.chargerKey === site.chargerKey,
    );
    expect(kept).toHaveLength(2);
  });

  it('readings after the end do not count, so that the CDR is the same whenever it is made', async () => {
    const begun = Date.parse(at(61));
    const charger = await site.plugIn(begun);
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('StopTransaction', stop(Number(transactionId)));
    const later = await site.plugIn(begun + 1000);
    const finishing = { connectorId: 1, errorCode: 'NoError', status: 'Finishing' };
    await later.call('StatusNotification', { ...finishing, timestamp: at(60) });
    await later.call('MeterValues', meterValues(at(30), 2000, Number(transactionId)));
    await site.settle();

    const [session] = await site.sessions();
    const cdr = await site.cdrOf(session);
    const path = `/sessions/${session?.['sessionId']}/readings`;
    const counted = (await site.call('GET', `${path}?late=false`)).body.items;
    const late = (await site.call('GET', `${path}?late=true`)).body.items;
    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 10, evidence: { readings: 1 } });
    expect(counted?.map(({ kind }) => kind)).toEqual(['stop']);
    expect(late?.map(({ kind }) => kind)).toEqual(['meter', 'status']);
    expect((await site.call('GET', path)).body.items).toHaveLength(3);
  });

  it('a second, different stop is shown, and the first one is billed', async () => {
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('StopTransaction', stop(Number(transactionId)));
    await site.settle();
    const again = stop(Number(transactionId), { timestamp: at(70), meterStop: 12_000 });

    expect(await charger.call('StopTransaction', again)).toEqual({});
    await site.settle();

    const [session] = await site.sessions();
    expect(codesOf(session)).toContain('SECOND_STOP');
    expect(session).toMatchObject({ energyKwh: 10, endedAt: at(60) });
    expect((await site.cdrOf(session))['state']).toBe('sealed');
  });
});

describe('messages out of order or without a name', () => {
  it('the CDR of a stop without a start is held, and sealed when the start arrives after all', async () => {
    const charger = await site.plugIn();
    // The id follows from the content of the start: a queue that is sent backwards names it before.
    const transactionId = firstTransactionId(site.chargerKey, start());

    expect(await charger.call('StopTransaction', stop(transactionId))).toEqual({});
    await site.settle();
    const [orphan] = await site.sessions();
    expect(orphan).toMatchObject({ state: 'ended', startedAt: null });
    expect(codesOf(orphan)).toContain('STOP_WITHOUT_START');
    expect(await site.cdrOf(orphan)).toMatchObject({ state: 'held', total: null, seal: null });

    await charger.call('StartTransaction', start());
    await site.settle();
    const all = await site.sessions();
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ startedAt: at(0), connectorId: 1, anomalies: [] });
    expect(await site.cdrOf(all[0])).toMatchObject({ state: 'sealed', energyKwh: 10 });
  });

  for (const placeholder of [0, -1]) {
    it(`a stop with transaction id ${placeholder} ends the open session, once`, async () => {
      const charger = await site.plugIn();
      await charger.call('StartTransaction', start());

      await charger.call('StopTransaction', stop(placeholder));
      await charger.call('StopTransaction', stop(placeholder));
      await site.settle();

      const all = await site.sessions();
      expect(all).toHaveLength(1);
      expect(all[0]).toMatchObject({ state: 'ended', energyKwh: 10 });
      expect(codesOf(all[0])).toEqual(['STOP_GUESSED']);
      const cdr = await site.cdrOf(all[0]);
      expect(cdr['state']).toBe('sealed');
      expect(codesOf(cdr)).toEqual(['STOP_GUESSED']);
    });

    it(`meter values with transaction id ${placeholder} count for the open session`, async () => {
      const charger = await site.plugIn();
      const { transactionId } = await charger.call('StartTransaction', start());
      await charger.call('MeterValues', meterValues(at(20), 4000, placeholder));
      await charger.call('MeterValues', meterValues(at(25), 4500));
      await site.settle();

      expect((await site.sessions())[0]).toMatchObject({ energyKwh: 3.5 });
      await charger.call('StopTransaction', stop(Number(transactionId)));
      await site.settle();
      const readings = await site.call(
        'GET',
        `/sessions/${(await site.sessions())[0]?.['sessionId']}/readings`,
      );
      expect(readings.body.items?.filter(({ kind }) => kind === 'meter')).toHaveLength(2);
      const cdr = await site.cdrOf((await site.sessions())[0]);
      expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 10 });
      expect(cdr['anomalies']).toEqual([
        expect.objectContaining({ code: 'READINGS_GUESSED', severity: 'warning', ref: at(20) }),
      ]);
      expect(codesOf((await site.sessions())[0])).toEqual(['READINGS_GUESSED']);
    });
  }

  it('a stop with transaction id 0 that belongs to no session is stored', async () => {
    const charger = await site.plugIn();

    await charger.call('StopTransaction', stop(0));
    await charger.call('StopTransaction', stop(0));
    await site.settle();

    const all = await site.sessions();
    expect(all).toHaveLength(1);
    expect(codesOf(all[0])).toContain('STOP_WITHOUT_START');
  });

  it('a new session on a connector ends the previous one and holds its CDR', async () => {
    const charger = await site.plugIn();
    const first = await charger.call('StartTransaction', start());
    await charger.call('MeterValues', meterValues(at(30), 5000, Number(first['transactionId'])));
    const second = start({ timestamp: at(90), meterStart: 20_000 });
    await charger.call('StartTransaction', second);
    await site.settle();

    const [newer, older] = await site.sessions();
    expect(newer).toMatchObject({ state: 'active', startedAt: at(90) });
    expect(older).toMatchObject({ state: 'ended', stopReason: 'Superseded', endedAt: at(30) });
    expect(codesOf(older)).toContain('SESSION_SUPERSEDED');
    expect((await site.cdrOf(older))['state']).toBe('held');
  });

  it('a superseded session is billed after all when its own stop arrives late', async () => {
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('StartTransaction', start({ timestamp: at(90), meterStart: 20_000 }));
    await site.settle();

    await charger.call('StopTransaction', stop(Number(transactionId)));
    await site.settle();

    const older = (await site.sessions())[1];
    expect(older).toMatchObject({ state: 'ended', stopReason: 'Local', energyKwh: 10 });
    expect((await site.cdrOf(older))['state']).toBe('sealed');
    const held = await site.call('GET', `/cdrs?chargerId=${site.chargerId}&state=held`);
    expect(held.body.items).toEqual([]);
  });
});

describe('tokens', () => {
  for (const [idTag, status] of [
    ['NOBODY', 'Invalid'],
    ['BLOCKED', 'Blocked'],
    ['OLD', 'Expired'],
  ] as const) {
    it(`the token ${idTag} is answered with ${status}, and its session is kept`, async () => {
      const charger = await site.plugIn();

      const authorized = await charger.call('Authorize', { idTag });
      const started = await charger.call('StartTransaction', start({ idTag }));

      expect(authorized['idTagInfo']).toMatchObject({ status });
      expect(started['idTagInfo']).toMatchObject({ status });
      await charger.call('StopTransaction', stop(Number(started['transactionId'])));
      await site.settle();
      const [session] = await site.sessions();
      expect(codesOf(session)).toContain('UNAUTHORIZED_ENERGY');
      expect((await site.cdrOf(session))['state']).toBe('held');
    });
  }

  it('a token is accepted in any case', async () => {
    const charger = await site.plugIn();

    expect((await charger.call('Authorize', { idTag: 'tag1' }))['idTagInfo']).toMatchObject({
      status: 'Accepted',
    });
  });
});
