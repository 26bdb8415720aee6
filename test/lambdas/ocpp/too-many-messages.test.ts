import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { correctSession } from '../../../lambdas/corrections/correct-session.ts';
import { keepMessage } from '../../../lambdas/ocpp/evidence/keep-message.ts';
import { keepReading } from '../../../lambdas/store/readings/readings.ts';
import { countRequests } from '../count-requests.ts';
import { countUnits } from '../count-units.ts';
import { at, codesOf, messageRecords, testSigner } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  vi.stubEnv('SESSION_MEGABYTES', '1');
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { connectors: 2, maxPowerKw: 22 },
  });
});

beforeEach(async () => {
  await site.register();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await site.close();
});

/** Readings of a minute, with so many bytes beside them that no step looks at. */
const readings = (transactionId: unknown, minute: number, bytes = 30_000) => ({
  connectorId: 1,
  ...(transactionId === undefined ? {} : { transactionId }),
  meterValue: [
    {
      timestamp: at(minute),
      sampledValue: [
        { value: String(1_000 + Math.round((minute * 10_000) / 60)), unit: 'Wh' },
        { value: 'x'.repeat(bytes), measurand: 'Temperature' },
      ],
    },
  ],
});

const bytesOf = async (): Promise<number> =>
  (await messageRecords(site.database))
    .filter(({ chargerKey }) => chargerKey === site.chargerKey)
    .reduce((sum, { raw }) => sum + raw.length, 0);

const flood = async (messages: number) => {
  const charger = await site.plugIn(Date.parse(at(60)));
  const { transactionId } = await charger.call('StartTransaction', start());
  for (let n = 0; n < messages; n += 1) {
    expect(await charger.call('MeterValues', readings(transactionId, n % 59, 30_000 + n))).toEqual(
      {},
    );
  }
  return { charger, transactionId };
};

describe('a session with more messages than are stored of one', () => {
  it('every message of an oversized session is answered, its stop ends it, and its CDR is held with EVIDENCE_TOO_LARGE', async () => {
    const { charger, transactionId } = await flood(60);
    expect(await charger.call('StopTransaction', stop(transactionId))).toEqual({});
    await site.settle();

    expect(await bytesOf()).toBeLessThan(1_100_000);
    const [session] = await site.sessions();
    expect(session).toMatchObject({ state: 'ended', stopReason: 'Local' });
    expect(codesOf(session).filter((code) => code === 'EVIDENCE_TOO_LARGE')).toHaveLength(1);
    const cdr = await site.cdrOf(session);
    expect(cdr).toMatchObject({ state: 'held', energyKwh: 10 });
    expect(codesOf(cdr).filter((code) => code === 'EVIDENCE_TOO_LARGE')).toHaveLength(1);
  });

  it('an oversized session costs one write for each message that is stored, and none for the others', async () => {
    const { charger, transactionId } = await flood(40);

    const { writes, reads } = await countRequests(site.database, async () => {
      await charger.call('MeterValues', readings(transactionId, 1, 40_000));
      await charger.call('MeterValues', readings(transactionId, 2, 40_000));
    });
    expect([writes, reads]).toEqual([[], []]);
    const small = await countRequests(site.database, async () => {
      await charger.call('MeterValues', readings(transactionId, 3, 10));
    });
    expect([small.writes, small.reads]).toEqual([['PutItem'], []]);
  });

  it('a repeated message counts once toward the size of its session', async () => {
    const charger = await site.plugIn(Date.parse(at(60)));
    const { transactionId } = await charger.call('StartTransaction', start());
    for (let n = 0; n < 60; n += 1) await charger.call('MeterValues', readings(transactionId, 1));
    await charger.call('MeterValues', readings(transactionId, 30));
    await charger.call('StopTransaction', stop(transactionId));
    await site.settle();

    const [session] = await site.sessions();
    expect(codesOf(session)).not.toContain('EVIDENCE_TOO_LARGE');
    expect(await site.cdrOf(session)).toMatchObject({ state: 'sealed' });
  });

  it('a message that finds no database counts toward the size of its session only when it is stored', async () => {
    const charger = await site.plugIn(Date.parse(at(60)));
    const { transactionId } = await charger.call('StartTransaction', start());
    const gone = { ...charger.step, database: { ...site.database, readings: 'gone' } };
    const message = { kind: 'meter', evseId: 1, connectorId: 1, timestamp: at(1) } as const;
    for (let n = 0; n < 60; n += 1) {
      const raw = 'x'.repeat(30_000);
      await expect(keepMessage(gone, { ...message, raw }, String(transactionId))).rejects.toThrow();
    }
    await charger.call('MeterValues', readings(transactionId, 30));
    await charger.call('StopTransaction', stop(transactionId));
    await site.settle();

    const [session] = await site.sessions();
    expect(await site.cdrOf(session)).toMatchObject({ state: 'sealed' });
  });

  it('an oversized session leaves room for the other sessions of its charger, and for those of others', async () => {
    const { charger, transactionId } = await flood(40);
    const other = await charger.call('StartTransaction', start({ connectorId: 2 }));
    await charger.call('MeterValues', { ...readings(other['transactionId'], 30), connectorId: 2 });
    await charger.call('StopTransaction', stop(transactionId));
    await charger.call('StopTransaction', stop(other['transactionId']));
    await site.settle();

    const sessions = await site.sessions();
    const states = await Promise.all(
      sessions.map(async (session) => [
        session['connectorId'],
        (await site.cdrOf(session))['state'],
      ]),
    );
    expect(states.sort()).toEqual([
      [1, 'held'],
      [2, 'sealed'],
    ]);
  });
});

describe('a session whose messages have more values than text', () => {
  it('messages of hundreds of values each count by their values, since these take the memory in which a CDR is made', async () => {
    const charger = await site.plugIn(Date.parse(at(60)));
    const { transactionId } = await charger.call('StartTransaction', start());
    const sampledValue = Array.from({ length: 600 }, (_, n) => ({ value: String(n) }));
    for (let n = 0; n < 20; n += 1) {
      const meterValue = [{ timestamp: at(n), sampledValue }];
      const message = { connectorId: 1, transactionId, meterValue };
      expect(await charger.call('MeterValues', message)).toEqual({});
    }

    expect(await bytesOf()).toBeLessThan(200_000);
    const [session] = await site.sessions();
    expect(codesOf(session)).toContain('EVIDENCE_TOO_LARGE');
  });
});

describe('a charger that sends more than it may on one connection', () => {
  it('a charger that exceeds the bound of a connection is answered and no more is stored, whatever transactions it names', async () => {
    const charger = await site.plugIn(Date.parse(at(60)));
    for (let n = 0; n < 200; n += 1) {
      const named = n % 2 === 0 ? n + 1 : undefined;
      expect(await charger.call('MeterValues', readings(named, n % 59, 30_000 + n))).toEqual({});
    }

    const stored = await bytesOf();
    expect(stored).toBeGreaterThan(3_000_000);
    expect(stored).toBeLessThan(4_100_000);
  });
});

describe('a session of which more is stored than its CDR is made from', () => {
  /** Messages of the session that other processes have stored meanwhile. */
  const storeMore = async (sessionId: string, messages: number) => {
    const { operatorId } = site.operator;
    for (let n = 0; n < messages; n += 1) {
      const raw = JSON.stringify(readings(1, n % 59, 100_000));
      const message = { raw, at: at(n % 59), receivedAt: at(59), evseId: 1, connectorId: 1 };
      const of = { operatorId, chargerId: site.chargerId, chargerKey: site.chargerKey, sessionId };
      const record = { ...message, ...of, kind: 'meter', protocol: 'ocpp1.6' } as const;
      await keepReading(site.database, record, `more${n}`, 30);
    }
  };

  it('evidence beyond the bound is not read, and the CDR is held with EVIDENCE_TOO_LARGE', async () => {
    const { charger, transactionId } = await flood(2);
    const [running] = await site.sessions();
    await storeMore(String(running?.['sessionId']), 60);
    await charger.call('StopTransaction', stop(transactionId));

    const { byRequest } = await countUnits(site.database, site.settle);
    const [session] = await site.sessions();
    const cdr = await site.cdrOf(session);
    expect(cdr).toMatchObject({ state: 'held', energyKwh: 10 });
    expect(codesOf(cdr)).toContain('EVIDENCE_TOO_LARGE');
    // Twice read, as everything is done twice here, of 6 MB that are stored.
    expect(byRequest['Query']).toBeLessThan(1_800);
  });

  it('a sealed CDR stays when more readings come later than are read, and its session says so, once', async () => {
    const { charger, transactionId } = await flood(2);
    await charger.call('StopTransaction', stop(transactionId));
    await site.settle();
    const [session] = await site.sessions();
    const sealed = await site.cdrOf(session);
    expect(sealed).toMatchObject({ state: 'sealed' });

    for (let n = 0; n < 2; n += 1) {
      await storeMore(String(session?.['sessionId']), 30 + n);
      await site.settle();
      const until = new Date().toISOString();
      const message = { sessionId: String(session?.['sessionId']), until };
      await correctSession(site.database, testSigner, message);
      expect(await site.cdrOf(session)).toEqual(sealed);
      const [shown] = await site.sessions();
      expect(codesOf(shown).filter((code) => code === 'LATE_READINGS_UNCLEAR')).toHaveLength(1);
    }
  });

  it('the readings of an oversized session are listed from the cursor on, and only those that are shown are read', async () => {
    await flood(2);
    const [session] = await site.sessions();
    await storeMore(String(session?.['sessionId']), 40);
    const path = `/sessions/${session?.['sessionId']}/readings`;

    const keys: unknown[] = [];
    let cursor = '';
    do {
      let page: Awaited<ReturnType<typeof site.call>> | undefined;
      const { byRequest } = await countUnits(site.database, async () => {
        page = await site.call('GET', `${path}?limit=3${cursor}`);
      });
      // Four messages of 100 KB, and as many of the connector's own, which there are none of.
      expect(byRequest['Query']).toBeLessThan(130);
      const items = page?.body.items ?? [];
      keys.push(...items.map(({ key }) => key));
      const next = page?.body['nextCursor'];
      cursor = next === null ? '' : `&cursor=${encodeURIComponent(String(next))}`;
    } while (cursor !== '');

    expect(keys).toHaveLength(42);
    expect(new Set(keys).size).toBe(42);
    expect([...keys].sort()).toEqual(keys);
    const all = await site.call('GET', `${path}?limit=100`);
    expect(JSON.stringify(all.body).length).toBeLessThan(6_000_000);
    expect(all.body['nextCursor']).not.toBeNull();
  });
});
