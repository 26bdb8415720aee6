import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, type Body, messageRecords, meterValues } from '../plant.ts';
import { expectValid, openSite, start, stop, type TestSite, verdictOn } from '../test-site.ts';

let site: TestSite;
const day = 24 * 60;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
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

describe('a clock from the future', () => {
  it('a clock from the future does not keep later sessions from their connector', async () => {
    const charger = await site.heardAt(0);
    await charger.call('StartTransaction', start({ timestamp: '2099-01-01T00:00:00Z' }));
    const later = await site.heardAt(60);
    await later.call('StartTransaction', start({ timestamp: at(60), meterStart: 2000 }));
    await site.settle();

    const all = await site.sessions();
    expect(all.find(({ startedAt }) => startedAt === at(60))).toMatchObject({ state: 'active' });
    expect(all.find(({ startedAt }) => startedAt !== at(60))).toMatchObject({ state: 'ended' });
    const shown = (await site.call('GET', `/chargers/${site.chargerId}`)).body;
    const [connector] = shown['connectors'] as readonly Body[];
    expect(all.find(({ state }) => state === 'active')?.['sessionId']).toBe(
      connector?.['sessionId'],
    );
  });

  it('a clock from the future does not restore its session when its start is repeated', async () => {
    const future = start({ timestamp: '2099-01-01T00:00:00Z' });
    const { transactionId } = await (await site.heardAt(0)).call('StartTransaction', future);
    const later = start({ timestamp: at(60), meterStart: 2000 });
    await (await site.heardAt(60)).call('StartTransaction', later);

    expect(await (await site.heardAt(70)).call('StartTransaction', future)).toMatchObject({
      transactionId,
    });
    await site.settle();

    const active = (await site.sessions()).filter(({ state }) => state === 'active');
    const shown = (await site.call('GET', `/chargers/${site.chargerId}`)).body;
    expect(active).toMatchObject([{ startedAt: at(60) }]);
    expect(shown['connectors']).toMatchObject([{ sessionId: active[0]?.['sessionId'] }]);
  });

  it('a clock from the future does not freeze the status of its connector', async () => {
    const status = (word: string, timestamp: string) => ({
      connectorId: 1,
      status: word,
      errorCode: 'NoError',
      timestamp,
    });
    const first = await site.heardAt(0);
    await first.call('StatusNotification', status('Charging', '2099-01-01T00:00:00Z'));
    const second = await site.heardAt(60);
    await second.call('StatusNotification', status('Available', at(60)));
    await site.settle();

    const shown = (await site.call('GET', `/chargers/${site.chargerId}`)).body;
    expect(shown['connectors']).toMatchObject([{ status: 'Available', statusAt: at(60) }]);
  });
});

describe('a clock of the past', () => {
  it('a clock of the past shows the latest status, also after one without a time', async () => {
    const status = (word: string, timestamp?: string) => ({
      connectorId: 1,
      status: word,
      errorCode: 'NoError',
      ...(timestamp === undefined ? {} : { timestamp }),
    });
    const shown = async () => {
      await site.settle();
      const { connectors } = (await site.call('GET', `/chargers/${site.chargerId}`)).body;
      return Array.isArray(connectors) ? connectors[0]?.status : undefined;
    };
    const now = 500_000;
    await (await site.heardAt(now)).call('StatusNotification', status('Preparing', at(0)));
    expect(await shown()).toBe('Preparing');
    await (await site.heardAt(now + 1)).call('StatusNotification', status('Available'));
    expect(await shown()).toBe('Available');
    await (await site.heardAt(now + 2)).call('StatusNotification', status('Charging', at(2)));
    expect(await shown()).toBe('Charging');
    await (await site.heardAt(now + 3)).call('StatusNotification', status('Finishing', at(1)));
    expect(await shown()).toBe('Charging');
  });
});

describe('sessions that waited for a connection together', () => {
  /** An hour of charging that begins at a time of the charger, all of it heard at one moment. */
  const report = async (heardAt: number, startedAt: string, meterStart = 1000) => {
    const charger = await site.heardAt(heardAt);
    const begun = Date.parse(startedAt);
    const { transactionId } = await charger.call(
      'StartTransaction',
      start({ timestamp: startedAt, meterStart }),
    );
    const values = new Date(begun + 30 * 60_000).toISOString();
    await charger.call(
      'MeterValues',
      meterValues(values, meterStart + 5000, Number(transactionId)),
    );
    const end = {
      timestamp: new Date(begun + 60 * 60_000).toISOString(),
      meterStop: meterStart + 10_000,
    };
    await charger.call('StopTransaction', stop(transactionId, end));
    await site.settle();
    return await site.cdrOf(
      (await site.sessions()).find((one) => one['transactionId'] === String(transactionId)),
    );
  };
  const held = (code: string) => ({
    state: 'held',
    energyKwh: 10,
    anomalies: [expect.objectContaining({ code })],
  });

  it('a session from before its charger was commissioned is held, and one of the day after is billed', async () => {
    await site.register({ commissionedAt: at(0) });

    expect(await report(20 * day, at(-2 * day))).toMatchObject(held('BEFORE_COMMISSIONING'));
    expect(await report(20 * day + 1, at(day), 11_000)).toMatchObject({
      state: 'sealed',
      anomalies: [],
    });
  });

  it('a session of years before its charger was registered is held, if nobody said when it was commissioned', async () => {
    await site.register({ commissionedAt: undefined });
    const now = Math.round((Date.now() - Date.parse(at(0))) / 60_000);

    const cdr = await report(now + 60, '2019-01-01T00:00:07Z');
    expect(cdr).toMatchObject(held('BEFORE_REGISTRATION'));
    expect(
      (await verdictOn(site, cdr)).checks.filter(({ outcome }) => outcome === 'failed'),
    ).toEqual([]);
  });

  it('a session is held that continues the register of the one before, and is dated months before it', async () => {
    expect(await report(61, at(0))).toMatchObject({ state: 'sealed' });

    const cdr = await report(day, at(-90 * day), 11_000);
    expect(cdr).toMatchObject(held('BEFORE_PREVIOUS_SESSION'));
    expect(
      (await verdictOn(site, cdr)).checks.filter(({ outcome }) => outcome === 'failed'),
    ).toEqual([]);
  });
});

describe('a clock that is behind since the charger booted', () => {
  it('a session that came as it was taken, but is dated before its charger booted, is dated by its receipt', async () => {
    const boot = { chargePointVendor: 'V', chargePointModel: 'M' };
    await (await site.heardAt(9 * day)).call('BootNotification', boot);
    const lag = 10 * day;
    const { transactionId } = await (await site.heardAt(lag)).call('StartTransaction', start());
    for (const minute of [20, 40]) {
      const values = meterValues(at(minute), 1000 + minute * 150, Number(transactionId));
      await (await site.heardAt(lag + minute)).call('MeterValues', values);
    }
    await (await site.heardAt(lag + 60)).call('StopTransaction', stop(transactionId));
    await site.settle();

    const cdr = await site.cdrOf((await site.sessions())[0]);
    expect(cdr).toMatchObject({
      state: 'sealed',
      startedAt: at(lag),
      endedAt: at(lag + 60),
      anomalies: [expect.objectContaining({ code: 'TS_EPOCH' })],
    });
    await expectValid(site, cdr);
  });
});

describe('a charger that does not know the time', () => {
  it('a charger without a clock starts a new session if the previous one ended at the same register', async () => {
    const untimed = { connectorId: 1, idTag: 'TAG1', meterStart: 1000 };
    const charger = await site.heardAt(0);
    const first = await charger.call('StartTransaction', untimed);
    expect(await charger.call('StartTransaction', untimed)).toEqual(first);
    const { timestamp, ...untimedStop } = stop(first['transactionId'], { meterStop: 1000 });
    await (await site.heardAt(10)).call('StopTransaction', untimedStop);

    const again = await (await site.heardAt(20)).call('StartTransaction', untimed);
    const repeated = await (await site.heardAt(21)).call('StartTransaction', untimed);
    const end = { ...untimedStop, transactionId: again['transactionId'], meterStop: 11_000 };
    await (await site.heardAt(80)).call('StopTransaction', end);
    await site.settle();

    expect(timestamp).toBe(at(60));
    expect(repeated).toEqual(again);
    expect(again['transactionId']).not.toBe(first['transactionId']);
    expect((await site.sessions()).map(({ energyKwh }) => energyKwh)).toEqual([10, 0]);
  });

  it('a repeated message of a charger without a clock counts once', async () => {
    const { transactionId } = await (await site.heardAt(0)).call('StartTransaction', start());
    const values = meterValues('1970-01-01T00:10:00Z', 4000, Number(transactionId));
    for (const minute of [10, 11, 12]) {
      await (await site.heardAt(minute)).call('MeterValues', values);
    }

    const kept = (await messageRecords(site.database)).filter(
      (one) => one.chargerKey === site.chargerKey,
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]?.receivedAt).toBe(at(10));
  });
});
