import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, codesOf, meterValues } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [
      { tokenId: 'TAG1', parentTokenId: 'FAMILY' },
      { tokenId: 'TAG2' },
      { tokenId: 'TAG3', parentTokenId: 'FAMILY' },
      { tokenId: 'FAMILY' },
    ],
    tariff: { name: 'AC', currency: 'EUR', perKwh: 0.5 },
    charger: { maxPowerKw: 22 },
  });
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  await site.register();
});

describe('a stop that names no transaction', () => {
  it("a stop without a transaction does not end another driver's session", async () => {
    const charger = await site.heardAt(61);
    await charger.call('StartTransaction', start({ idTag: 'TAG2' }));

    await charger.call('StopTransaction', stop(0, { idTag: 'TAG1' }));
    await site.settle();

    const all = await site.sessions();
    expect(all.map(({ state, tokenId }) => [state, tokenId])).toContainEqual(['active', 'TAG2']);
    const other = all.find(({ state }) => state === 'ended');
    expect((await site.cdrOf(other))['state']).toBe('held');
  });

  it.each(['tag3', 'family'])(
    'a stop without a transaction ends the session of its token with the token %s of the same group',
    async (idTag) => {
      const charger = await site.heardAt(61);
      await charger.call('StartTransaction', start({ idTag: 'TAG1' }));

      await charger.call('StopTransaction', stop(0, { idTag }));
      await site.settle();

      expect(await site.sessions()).toMatchObject([
        { state: 'ended', tokenId: 'TAG1', energyKwh: 10 },
      ]);
    },
  );
});

describe('messages without end', () => {
  it('a session with endless messages is billed nevertheless', async () => {
    const charger = await site.heardAt(30);
    const { transactionId } = await charger.call('StartTransaction', start());
    for (let n = 0; n < 30; n += 1) {
      const values = `{"connectorId":1,"transactionId":${transactionId},"meterValue":[${n},{`;
      await charger.send(`[2,"u${n}","MeterValues",${values}`);
    }
    const later = await site.heardAt(61);
    for (let n = 0; n < 20; n += 1) {
      await later.call('StopTransaction', stop(transactionId, { meterStop: 11_000 + n }));
    }
    await site.settle();

    const [session] = await site.sessions();
    expect((await site.cdrOf(session))['state']).toBe('sealed');
    expect(codesOf(session).filter((code) => code === 'UNUSABLE_MESSAGE')).toHaveLength(1);
    expect(codesOf(session).filter((code) => code === 'SECOND_STOP').length).toBeLessThanOrEqual(8);
  });
});

describe('an older start that comes after a newer one', () => {
  it('an older start that arrives after a newer one is over at once, and billed when its own stop arrives', async () => {
    const charger = await site.heardAt(100);
    const newer = start({ timestamp: at(90), meterStart: 20_000 });
    await charger.call('StartTransaction', newer);
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('StartTransaction', start());
    await site.settle();

    expect(await site.sessions()).toMatchObject([
      { state: 'active', startedAt: at(90) },
      { state: 'ended', startedAt: at(0), stopReason: 'Superseded', endedAt: at(90) },
    ]);

    await (await site.heardAt(101)).call('StopTransaction', stop(transactionId));
    await site.settle();
    const [, older] = await site.sessions();
    expect(older).toMatchObject({ stopReason: 'Local', energyKwh: 10 });
    expect((await site.cdrOf(older))['state']).toBe('sealed');
  });
});

describe('a stop that nobody can read', () => {
  it('an unreadable stop ends the transaction that it names, and its CDR is held', async () => {
    const charger = await site.heardAt(30);
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('MeterValues', meterValues(at(20), 4000, Number(transactionId)));
    const text = `[2,"u","StopTransaction",{"transactionId":${transactionId},"meterStop":`;
    const later = await site.heardAt(61);
    await later.send(text);
    await later.send(text);
    await site.settle();

    const [session] = await site.sessions();
    expect(session).toMatchObject({ state: 'ended', endedAt: at(61), stopReason: 'Unreadable' });
    expect(codesOf(session)).toContain('STOP_UNREADABLE');
    expect((await site.cdrOf(session))['state']).toBe('held');
  });

  it('an unreadable stop is replaced by a readable one if that arrives after all', async () => {
    const charger = await site.heardAt(30);
    const { transactionId } = await charger.call('StartTransaction', start());
    const later = await site.heardAt(61);
    await later.send(`[2,"u","StopTransaction",{"transactionId":${transactionId},"meterStop":`);
    await site.settle();
    await (await site.heardAt(70)).call('StopTransaction', stop(transactionId));
    await site.settle();

    const [session] = await site.sessions();
    expect(session).toMatchObject({ stopReason: 'Local', energyKwh: 10, anomalies: [] });
    expect((await site.cdrOf(session))['state']).toBe('sealed');
  });
});

describe('values beyond all measure', () => {
  it('excessive values lose neither the session nor its readings', async () => {
    const charger = await site.heardAt(61);
    const long = start({ idTag: 'X'.repeat(3000), meterStart: 1e200 });

    const { transactionId, idTagInfo } = await charger.call('StartTransaction', long);
    expect(idTagInfo).toMatchObject({ status: 'Invalid' });
    expect(transactionId).toBeGreaterThan(0);
    expect(await charger.call('StartTransaction', long)).toMatchObject({ transactionId });
    await charger.call('StopTransaction', stop(transactionId, { meterStop: 1e300 }));
    await site.settle();

    const [session, ...others] = await site.sessions();
    expect(others).toEqual([]);
    expect(session).toMatchObject({ state: 'ended' });
    expect((await site.cdrOf(session))['state']).toBe('held');
  });

  it('an excessive connector number loses no session', async () => {
    const charger = await site.heardAt(61);
    const { transactionId } = await charger.call('StartTransaction', start({ connectorId: 1e200 }));
    const values = { ...meterValues(at(20), 4000, Number(transactionId)), connectorId: 1e200 };
    await charger.call('MeterValues', values);
    await charger.call('StopTransaction', stop(transactionId));
    await site.settle();

    expect(await site.sessions()).toMatchObject([{ state: 'ended', energyKwh: 10 }]);
  });
});
