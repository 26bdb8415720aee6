import '../quiet.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { at, codesOf } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { connectors: 2, maxPowerKw: 22 },
  });
});

beforeEach(async () => {
  vi.stubEnv('SESSIONS_PER_DAY', '5');
  await site.register();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(async () => {
  await site.close();
});

const day = 86_400_000;

const begin = (n: number) => ({ ...start(), timestamp: at(n) });

const started = (n: number) => ({
  eventType: 'Started',
  timestamp: at(n),
  triggerReason: 'CablePluggedIn',
  seqNo: 0,
  transactionInfo: { transactionId: `tx-${n}` },
  evse: { id: 1, connectorId: 1 },
});

describe('a charger that makes more sessions than are kept of one day', () => {
  it('invented starts are answered and make no session, and the session that runs still ends and is billed', async () => {
    const charger = await site.plugIn(Date.parse(at(0)));
    const { transactionId } = await charger.call('StartTransaction', begin(0));
    for (let n = 1; n < 12; n += 1) {
      expect(await charger.call('StartTransaction', begin(n))).toMatchObject({
        transactionId: expect.any(Number),
        idTagInfo: { status: n < 5 ? 'Accepted' : 'Invalid' },
      });
    }
    expect(
      await (await site.plugIn(Date.parse(at(60)))).call('StopTransaction', stop(transactionId)),
    ).toEqual({});
    await site.settle();

    const sessions = await site.sessions();
    expect(sessions).toHaveLength(5);
    const { body } = await site.call('GET', `/chargers/${site.chargerId}/messages?limit=100`);
    expect(body.items?.map((one) => one['action'])).toEqual(Array(7).fill('StartTransaction'));
  });

  it('invented transactions that are stopped are answered and make no session', async () => {
    const charger = await site.plugIn(Date.parse(at(60)));
    for (let n = 1; n < 12; n += 1) {
      expect(await charger.call('StopTransaction', stop(1000 + n))).toEqual({});
    }
    await site.settle();

    expect(await site.sessions()).toHaveLength(5);
  });

  it('a charger may make as many sessions again on the next day, and another charger on the same', async () => {
    const charger = await site.plugIn(Date.parse(at(0)));
    for (let n = 0; n < 8; n += 1) await charger.call('StartTransaction', begin(n));
    const tomorrow = await site.plugIn(Date.parse(at(0)) + day);
    await tomorrow.call('StartTransaction', begin(1440));
    await site.settle();
    expect(await site.sessions()).toHaveLength(6);

    await site.register();
    const other = await site.plugIn(Date.parse(at(0)));
    await other.call('StartTransaction', begin(0));
    await site.settle();
    expect(await site.sessions()).toHaveLength(1);
  });

  it('a start that is repeated is one session, however often it comes', async () => {
    const charger = await site.plugIn(Date.parse(at(0)));
    const first = await charger.call('StartTransaction', begin(0));
    for (let n = 0; n < 20; n += 1) {
      expect(await charger.call('StartTransaction', begin(0))).toEqual(first);
    }
    for (let n = 1; n < 5; n += 1) {
      expect(await charger.call('StartTransaction', begin(n))).toMatchObject({
        idTagInfo: { status: 'Accepted' },
      });
    }
  });

  it('a charger that was offline for a week reports its hundreds of sessions by the default bound', async () => {
    vi.unstubAllEnvs();
    const charger = await site.plugIn(Date.parse(at(0)) + 7 * day);
    for (let n = 0; n < 120; n += 1) {
      expect(await charger.call('StartTransaction', begin(n * 80))).toMatchObject({
        idTagInfo: { status: 'Accepted' },
      });
    }
  });
});

describe('a charger of OCPP 2.0.1 that makes more sessions than are kept of one day', () => {
  const said = (eventType: string, seqNo: number, minute: number, wh: number, tx = 'tx-0') => ({
    ...started(minute),
    eventType,
    seqNo,
    transactionInfo: {
      transactionId: tx,
      ...(eventType === 'Ended' && { stoppedReason: 'Local' }),
    },
    meterValue: [{ timestamp: at(minute), sampledValue: [{ value: wh }] }],
    ...(eventType === 'Started' && { idToken: { idToken: 'TAG1', type: 'ISO14443' } }),
  });
  const accepted = { idTokenInfo: expect.objectContaining({ status: 'Accepted' }) };

  it('a start whose answer was lost is answered as before, though its charger may make no more sessions', async () => {
    const charger = await site.plugIn(Date.parse(at(60)), 'ocpp2.0.1');
    const first = said('Started', 0, 0, 1000);
    expect(await charger.call('TransactionEvent', first)).toMatchObject(accepted);
    for (let n = 1; n < 9; n += 1) await charger.call('TransactionEvent', started(n));

    expect(await charger.call('TransactionEvent', first)).toMatchObject(accepted);
    await site.settle();
    expect(await site.sessions()).toHaveLength(5);
  });

  it('a session is not billed by the stop of another one under its id that was refused', async () => {
    const charger = await site.plugIn(Date.parse(at(60)), 'ocpp2.0.1');
    await charger.call('TransactionEvent', said('Started', 0, 0, 1000));
    await charger.call('TransactionEvent', said('Updated', 1, 10, 2000));
    for (let n = 1; n < 9; n += 1) await charger.call('TransactionEvent', started(n));
    await charger.call('TransactionEvent', said('Started', 0, 30, 3000));
    await charger.call('TransactionEvent', said('Updated', 1, 40, 4000));
    await charger.call('TransactionEvent', said('Ended', 2, 50, 5000));
    await site.settle();

    const [session] = (await site.sessions()).filter((one) => one['transactionId'] === 'tx-0');
    expect(await site.cdrOf(session)).toMatchObject({ state: 'held' });
    expect(codesOf(session)).toContain('TRANSACTIONS_MIXED');
  });

  it('invented transactions are answered and make no session, begun or ended', async () => {
    const charger = await site.plugIn(Date.parse(at(0)), 'ocpp2.0.1');
    for (let n = 1; n < 12; n += 1) {
      expect(await charger.call('TransactionEvent', started(n))).toEqual({});
      const ended = { ...started(n + 100), eventType: 'Ended', triggerReason: 'EVDeparted' };
      expect(await charger.call('TransactionEvent', ended)).toEqual({});
    }
    await site.settle();

    expect(await site.sessions()).toHaveLength(5);
    expect((await site.call('GET', '/cdrs?state=held&limit=100')).body.items?.length).toBeLessThan(
      40,
    );
  });
});
