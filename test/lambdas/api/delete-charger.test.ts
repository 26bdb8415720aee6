import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { verifyChain } from '../../../core/cdr/verify/verify-chain.ts';
import { verifyCharger } from '../../../lambdas/authorizer/verify-charger.ts';
import { acceptConnection } from '../../../lambdas/connect/accept-connection.ts';
import { firstChargerOfId } from '../../../lambdas/store/chargers/first-charger-of-id.ts';
import { readSession } from '../../../lambdas/store/sessions/sessions.ts';
import {
  at,
  type Body,
  codesOf,
  messageRecords,
  meterValues,
  newOperator,
  type TestCharger,
  testKey,
} from '../plant.ts';
import { closedConnections } from '../test-services.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;
let path: string;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22 },
  });
});

beforeEach(async () => {
  path = `/chargers/${await site.register()}`;
});

afterAll(async () => {
  await site.close();
});

const remove = async () => await site.call('DELETE', path);

const registerAgain = async (): Promise<Body> => {
  const { chargerId, tariffId } = site;
  const form = { chargerId, tariffId, maxPowerKw: 22 };
  const made = await site.call('POST', '/chargers', form);
  expect(made.status).toBe(201);
  return made.body;
};

const byPassword = async (password: unknown, chargerId = site.chargerId) =>
  (
    await verifyCharger(site.database, {
      chargerId,
      authorization: `Basic ${Buffer.from(`${chargerId}:${password}`).toString('base64')}`,
      offers: [],
    })
  ).kind;

const byToken = async (connectionToken: unknown) =>
  (await verifyCharger(site.database, { connectionToken: String(connectionToken), offers: [] }))
    .kind;

const open = async (charger: TestCharger, connectionId: string) =>
  await acceptConnection(
    site.database,
    { close: async () => 'closed', wait: async () => {} },
    charger.step.charger,
    connectionId,
    new Date().toISOString(),
  );

/** A session of 10 kWh from a minute on, with its start at this register. */
async function charge(charger: TestCharger, minute: number, meterStart: number): Promise<unknown> {
  const began = start({ timestamp: at(minute), meterStart });
  const { transactionId } = await charger.call('StartTransaction', began);
  const ended = { timestamp: at(minute + 60), meterStop: meterStart + 10_000 };
  await charger.call('StopTransaction', stop(transactionId, ended));
  return transactionId;
}

const chainOf = async () => {
  const listed = await site.call('GET', `/cdrs?chargerId=${site.chargerId}&limit=100`);
  const cdrs = listed.body.items as unknown as readonly Cdr[];
  return verifyChain(site.chargerId, cdrs, () => testKey);
};

/** Does something in the moment before the n-th request to the database that a call makes, if it makes as many. */
async function beforeRequest<T>(
  n: number,
  interruption: () => Promise<void>,
  call: () => Promise<T>,
): Promise<T> {
  const { middlewareStack } = site.database.client;
  let count = 0;
  middlewareStack.add(
    (next) => async (input) => {
      count += 1;
      if (count === n) await interruption();
      return await next(input);
    },
    { step: 'initialize', name: 'interruption' },
  );
  try {
    return await call();
  } finally {
    middlewareStack.remove('interruption');
  }
}

describe('a charger that is deleted', () => {
  it('a deleted charger is unknown to every request and handshake, with old and new credentials, and its connection is closed', async () => {
    const made = await registerAgainFrom();
    const charger = await site.plugIn();
    await open(charger, 'open-1');
    const password = (await site.call('POST', `${path}/password`)).body['password'];
    const token = (await site.call('POST', `${path}/connection-token`)).body['connectionToken'];
    closedConnections.length = 0;

    expect((await remove()).status).toBe(204);

    expect(closedConnections).toEqual(['open-1']);
    for (const one of [made['password'], password]) {
      expect(await byPassword(one)).toBe('unknown-charger');
    }
    for (const one of [made['connectionToken'], token]) {
      expect(await byToken(one)).toBe('unknown-charger');
    }
    expect(await firstChargerOfId(site.database, site.chargerId)).toBeUndefined();
    expect((await remove()).code).toBe('CHARGER_NOT_FOUND');
    expect((await site.call('GET', path)).code).toBe('CHARGER_NOT_FOUND');
    expect((await site.call('PATCH', path, { name: 'x' })).code).toBe('CHARGER_NOT_FOUND');
    expect((await site.call('POST', `${path}/password`)).code).toBe('CHARGER_NOT_FOUND');
    const listed = (await site.call('GET', '/chargers?limit=100')).body.items ?? [];
    expect(listed.map((one) => one['chargerId'])).not.toContain(site.chargerId);
  });

  it('a charger deleted while it connects is refused, although its handshake was accepted before', async () => {
    const charger = await site.plugIn();
    await remove();

    expect(await open(charger, 'too-late')).toBe('deleted');

    await registerAgain();
    expect(await open(await site.plugIn(), 'new')).toBe('accepted');
  });

  it('of several simultaneous deletions of a charger exactly one succeeds', async () => {
    const answers = await Promise.all([remove(), remove(), remove()]);

    expect(answers.map(({ status, code }) => code ?? status).toSorted()).toEqual([
      204,
      'CHARGER_NOT_FOUND',
      'CHARGER_NOT_FOUND',
    ]);
  });

  it.each([
    ['GET', (): string => path, [200, 'CHARGER_NOT_FOUND']],
    ['GET', (): string => '/chargers?limit=100', [200]],
    ['PATCH', (): string => path, [200, 'CHARGER_NOT_FOUND']],
    ['DELETE', (): string => path, ['CHARGER_NOT_FOUND']],
  ] as const)(
    'a %s during which its charger is deleted, at whatever moment, is answered as before it or as after it (%#)',
    async (method, url, outcomes) => {
      let deleted = true;
      for (let n = 1; deleted; n += 1) {
        path = `/chargers/${await site.register()}`;
        await open(await site.plugIn(), `open-${n}`);
        const form = method === 'PATCH' ? { name: 'x' } : undefined;
        deleted = false;
        const deletion = async () => {
          deleted = true;
          expect((await remove()).status).toBe(204);
        };
        const call = async () => await site.call(method, url(), form);
        const answer = await beforeRequest(n, deletion, call);
        if (deleted) expect(outcomes).toContain(answer.code ?? answer.status);
      }
    },
  );

  it("a charger is deleted whatever characters its id has, and another operator's charger is left alone", async () => {
    const other = await newOperator(site.database, 'Other');
    for (const chargerId of ['Hof 7+A', 'a=b:c|d@e', '*-_.+', 'CP 1']) {
      const odd = `/chargers/${encodeURIComponent(chargerId)}`;
      await site.call('POST', '/chargers', { chargerId });
      const { body } = await other.call('POST', '/chargers', { chargerId });

      expect((await site.call('DELETE', odd)).status).toBe(204);
      expect((await site.call('DELETE', odd)).code).toBe('CHARGER_NOT_FOUND');
      expect((await other.call('GET', odd)).status).toBe(200);
      // The short form passes to the one that is left.
      expect(await byPassword(body['password'], chargerId)).toBe('accepted');
    }
    for (const chargerId of ['%', '%2F', 'a#b', 'ß', '日本', '..x?']) {
      const odd = `/chargers/${encodeURIComponent(chargerId)}`;
      expect((await site.call('DELETE', odd)).code).toMatch(/^(?:CHARGER|ROUTE)_NOT_FOUND$/);
    }
  });
});

/** The charger of this test with its secrets: registered once more, as those of the first time were not kept. */
async function registerAgainFrom(): Promise<Body> {
  await remove();
  return await registerAgain();
}

describe('a charger with an active session', () => {
  it('a charger with an active session is not deleted until that has ended, whether its connector names the session or not', async () => {
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());

    expect((await remove()).code).toBe('CHARGER_HAS_ACTIVE_SESSION');
    expect((await site.call('GET', path)).status).toBe(200);

    // Another one begins on the connector; the first one is still active until the stream has ended it.
    const later = await charger.call('StartTransaction', start({ timestamp: at(5) }));
    await charger.call('StopTransaction', stop(later['transactionId']));
    expect((await remove()).code).toBe('CHARGER_HAS_ACTIVE_SESSION');

    await charger.call('StopTransaction', stop(transactionId, { timestamp: at(4) }));
    expect((await remove()).status).toBe(204);
  });

  it('a deletion simultaneous with a start loses nothing: the session keeps its charger, or its start, readings and stop', async () => {
    for (let n = 0; n < 8; n += 1) {
      path = `/chargers/${await site.register()}`;
      const charger = await site.plugIn();
      if (n % 2 === 0) await charge(charger, 0, 0);

      const began = start({ timestamp: at(90), meterStart: 10_000 });
      const [removed, started] = await Promise.all([
        remove(),
        charger.call('StartTransaction', began),
      ]);
      const { transactionId } = started;
      const values = meterValues(at(100), 12_000, Number(transactionId));
      await charger.call('MeterValues', values);
      const ended = { timestamp: at(150), meterStop: 15_000 };
      await charger.call('StopTransaction', stop(transactionId, ended));
      await site.settle();

      expect(removed.code ?? removed.status).toSatisfy((outcome) =>
        [204, 'CHARGER_HAS_ACTIVE_SESSION'].includes(outcome as never),
      );
      const [session] = await site.sessions();
      expect(await site.cdrOf(session)).toMatchObject({
        state: 'sealed',
        energyKwh: 5,
        total: { inclVat: '2.50' },
      });
    }
  });
});

describe('what a deleted charger leaves', () => {
  it('sessions, readings and CDRs of a deleted charger stay readable, with a complete chain', async () => {
    const charger = await site.plugIn();
    await charge(charger, 0, 0);
    await site.settle();
    const [session] = await site.sessions();
    const reads = ['', '/readings', '/cdr'].map((of) => `/sessions/${session?.['sessionId']}${of}`);
    const before = await Promise.all(reads.map(async (one) => await site.call('GET', one)));

    await remove();

    const after = await Promise.all(reads.map(async (one) => await site.call('GET', one)));
    expect(after).toEqual(before);
    expect(await site.sessions()).toEqual([session]);
    expect(await chainOf()).toMatchObject({ valid: true, cdrs: 1 });
  });

  it('held CDRs of a deleted charger can still be resolved, at their place in the chain', async () => {
    const charger = await site.plugIn();
    await charger.call('StopTransaction', stop(4711, { timestamp: at(-60) }));
    await charge(charger, 0, 0);
    await site.settle();
    await remove();

    const held = (await site.sessions()).find((one) => one['transactionId'] === '4711');
    const cdr = await site.cdrOf(held);
    expect(cdr['state']).toBe('held');
    const decision = { decision: 'void', reason: 'Nobody knows it.' };
    expect((await site.call('POST', `/cdrs/${cdr['cdrId']}/resolve`, decision)).status).toBe(202);
    await site.settle();

    expect((await site.cdrOf(held))['state']).toBe('sealed');
    expect(await chainOf()).toMatchObject({ valid: true, cdrs: 2 });
  });

  it('a message that waited in a queue until its charger was deleted is billed too', async () => {
    const charger = await site.plugIn();
    await remove();

    await charge(charger, 0, 0);
    await site.settle();

    const [session] = await site.sessions();
    expect(codesOf(session)).not.toContain('STOP_WITHOUT_START');
    expect(await site.cdrOf(session)).toMatchObject({
      state: 'sealed',
      energyKwh: 10,
      total: { inclVat: '5.00' },
    });
  });
});

describe('a charger that is registered again', () => {
  it('a charger registered again has new credentials only, continues the chain, and ignores the meter of its predecessor', async () => {
    const old = await registerAgainFrom();
    await charge(await site.plugIn(), 0, 500_000);
    await site.settle();
    await remove();

    const renewed = await registerAgain();
    expect(await byPassword(old['password'])).toBe('wrong-password');
    expect(await byToken(old['connectionToken'])).toBe('unknown-charger');
    expect(await byPassword(renewed['password'])).toBe('accepted');
    expect(await byToken(renewed['connectionToken'])).toBe('accepted');
    await charge(await site.plugIn(), 120, 0);
    await site.settle();

    const [session] = await site.sessions();
    expect(await site.cdrOf(session)).toMatchObject({ state: 'sealed', anomalies: [] });
    expect(await chainOf()).toMatchObject({ valid: true, cdrs: 2 });
  });

  it('a charger registered again shows no status, boot or connection of its predecessor, not even a late one', async () => {
    const charger = await site.plugIn();
    await open(charger, 'before');
    await charger.call('BootNotification', { chargePointVendor: 'A', chargePointModel: 'Old' });
    const status = { connectorId: 1, errorCode: 'GroundFailure', status: 'Faulted' };
    await charger.call('StatusNotification', { ...status, timestamp: at(0) });
    await site.settle();
    await remove();

    await registerAgain();
    await site.settle();
    await charger.call('BootNotification', { chargePointVendor: 'A', chargePointModel: 'Old' });

    const shown = (await site.call('GET', path)).body;
    expect(shown).toMatchObject({
      model: null,
      online: false,
      connectedAt: null,
      lastSeenAt: null,
      connectors: [{ connectorId: 1, status: null, errorCode: null, statusAt: null }],
    });

    const now = await site.plugIn();
    await now.call('StatusNotification', { ...status, status: 'Available', errorCode: 'NoError' });
    await site.settle();
    const [connector] = (await site.call('GET', path)).body['connectors'] as readonly Body[];
    expect(connector?.['status']).toBe('Available');
  });

  it("a charger registered again keeps its predecessor's sessions, including those whose stop arrives only now", async () => {
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('StopTransaction', stop(transactionId));
    await remove();
    await registerAgain();

    await (await site.plugIn()).call('StopTransaction', stop(transactionId));
    await site.settle();

    const sessions = await site.sessions();
    expect(sessions).toHaveLength(1);
    expect((await site.cdrOf(sessions[0]))['state']).toBe('sealed');
    const stored = await readSession(site.database, String(sessions[0]?.['sessionId']));
    expect(stored?.chargerKey).toBe(site.chargerKey);
    const kept = await messageRecords(site.database);
    expect(kept.filter(({ chargerKey }) => chargerKey === site.chargerKey)).toHaveLength(1);
  });
});
