import '../quiet.ts';
import { randomUUID } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '../../../lambdas/api/routes.ts';
import type { KeptAnswers } from '../../../lambdas/http/keep-answer.ts';
import { runOnce } from '../../../lambdas/http/run-once.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { acceptingThings } from '../accepting-things.ts';
import { partnerPlatform } from '../ocpi/partner-platform.ts';
import { known, oneOfEverything, pathOf } from '../one-of-everything.ts';
import { type Body, newOperator, scan, type TestOperator } from '../plant.ts';
import { reachedPartner, sentDeliveries } from '../test-services.ts';

let database: TestDatabase;
let key: string;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});

beforeEach(() => {
  key = randomUUID();
});

afterAll(async () => {
  await database.stop();
});

/** Everything but how often a key has called. */
const thingsStored = async () =>
  (await scan(database, database.state)).filter((item) => !('calls' in item));

const answersKept = async () =>
  (await scan(database, database.state)).filter((item) => item['kind']?.S === 'ANSWER');

/** A request for each call whose key is claimed, and another one where it takes a body. */
const claims = (
  things: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly [object, object]>> => ({
  '/cdrs/{cdrId}/payments': [
    { reference: 'A', kind: 'captured', amount: '1', currency: 'EUR' },
    { reference: 'A', kind: 'captured', amount: '2', currency: 'EUR' },
  ],
  '/cdrs/{cdrId}/receipt': [{}, {}],
  '/cdrs/{cdrId}/corrections': [
    { credit: true, reason: 'A' },
    { credit: true, reason: 'B' },
  ],
  '/cdrs/{cdrId}/resolve': [
    { decision: 'void', reason: 'A' },
    { decision: 'void', reason: 'B' },
  ],
  '/chargers/{chargerId}/pay-links': [
    { evseId: 2, connectorId: 2 },
    { evseId: 1, connectorId: 1 },
  ],
  '/chargers/{chargerId}/uptime-exclusions': [
    { from: '2026-05-01T00:00:00Z', to: '2026-05-02T00:00:00Z', cause: 'vandalism' },
    { from: '2026-05-01T00:00:00Z', to: '2026-05-03T00:00:00Z', cause: 'vandalism' },
  ],
  '/partners/{partnerId}/pulls': [{ modules: ['tariffs'], full: true }, { modules: ['cdrs'] }],
  '/partners/{partnerId}/register': [
    {},
    { versionsUrl: 'https://partner.example/versions', tokenA: 'A' },
  ],
  '/partners/{partnerId}/rotate': [{}, {}],
  '/roaming/commands': [
    { type: 'stop', roamingSessionId: known(things, 'roamingSessionId') },
    { type: 'stop', roamingSessionId: 'rse_0' },
  ],
  '/sessions/{sessionId}/end': [{ reason: 'Taken away.' }, { reason: 'Broken.' }],
  '/sessions/{sessionId}/promo-code': [{ code: 'MINE' }, { code: 'OTHER' }],
  '/webhooks/{webhookId}/deliveries/{deliveryId}/replay': [{}, {}],
  '/webhooks/{webhookId}/replay': [{ from: daysAgo(3) }, { from: daysAgo(4) }],
  '/webhooks/{webhookId}/test': [{}, {}],
});

const claimedRoute = { method: 'POST', path: '/replay', repeatable: 'claimed' } as const;
const requestUnderKey = { headers: { 'idempotency-key': 'A' } } as never;

function keptInMemory(): KeptAnswers {
  const items = new Map<string, string>();
  return {
    secret: 'jg_live_x',
    read: async (name) => items.get(name),
    put: () => ({}),
    claim: async (name, sealed) => !items.has(name) && items.set(name, sealed) === items,
    settle: async (name, sealed) => void items.set(name, sealed),
    release: async (name) => void items.delete(name),
  };
}

/** The calls that are refused for things that an operator has anyway, each with its code. */
const refusals: Readonly<Record<string, string>> = {
  '/cdrs/{cdrId}/resolve': 'CDR_NOT_HELD',
  '/partners/{partnerId}/rotate': 'PARTNER_UNREACHABLE',
  '/sessions/{sessionId}/end': 'SESSION_NOT_ACTIVE',
  '/sessions/{sessionId}/promo-code': 'SESSION_BILLED',
};

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

describe('a request whose key is claimed', () => {
  const claimed = routes.filter(({ repeatable }) => repeatable === 'claimed');
  let busy: TestOperator;
  let things: Readonly<Record<string, string>>;
  /** Things for which what is refused otherwise is accepted. */
  let accepting: Readonly<Record<string, string>>;
  const platform = partnerPlatform('2.2.1');

  beforeAll(async () => {
    busy = await newOperator(database, 'Busy');
    const own = await oneOfEverything(database, busy, {
      chargerId: 'CLAIM-1',
      waitingChargerId: 'CLAIM-2',
      tokenId: 'CLAIM',
      accountId: 'acc',
      code: 'MINE',
    });
    const first = async (path: string, isIt: (one: Body) => boolean = () => true) =>
      (await busy.call('GET', path)).body.items?.find(isIt) ?? {};
    const { roamingSessionId } = await first('/roaming/sessions');
    const { partnerId } = await first('/partners', ({ state }) => state === 'registered');
    things = {
      ...own,
      roamingSessionId: String(roamingSessionId),
      partnerId: String(partnerId),
    };
    accepting = { ...things, ...(await acceptingThings(database, busy, things, platform)) };
  });

  afterEach(() => {
    reachedPartner.request = undefined;
  });

  const send = async (path: string, body: object, idempotencyKey = key, of = things) =>
    await busy.call('POST', pathOf(path, of), body, { 'idempotency-key': idempotencyKey });

  it('each call whose key is claimed is tried', () => {
    expect(claimed.map(({ path }) => path).toSorted()).toEqual(
      Object.keys(claims({ roamingSessionId: '' })).toSorted(),
    );
  });

  for (const [path, refusal] of Object.entries(refusals)) {
    it(`POST ${path} that is refused may be sent again under its Idempotency-Key`, async () => {
      const [form] = known(claims(things), path);
      const once = await Promise.all([1, 2, 3].map(() => send(path, form)));

      for (const { code } of [...once, await send(path, form)]) expect(code).toBe(refusal);
    });
  }

  for (const route of claimed) {
    it(`POST ${route.path} does once what is sent several times under one Idempotency-Key`, async () => {
      const { path } = route;
      const [form, other] = known(claims(things), path);
      const of = path in refusals ? accepting : things;
      reachedPartner.request = path in refusals ? platform.request : undefined;
      sentDeliveries.length = 0;
      const once = await Promise.all([1, 2, 3].map(() => send(path, form, key, of)));
      const [stored, asked] = [await thingsStored(), platform.requests.length];
      const again = await send(path, form, key, of);

      expect(once[0]).toMatchObject({ status: route.status });
      for (const answer of [...once, again]) expect(answer).toEqual(once[0]);
      expect(await thingsStored()).toEqual(stored);
      expect(platform.requests).toHaveLength(asked);
      expect(sentDeliveries.length).toBeLessThanOrEqual(1);
      if (route.body !== undefined) {
        expect((await send(path, other, key, of)).code).toBe('IDEMPOTENCY_KEY_REUSED');
        expect(await thingsStored()).toEqual(stored);
      }
    });
  }

  it('the tokens of a partner are replaced once, however often that is sent under one Idempotency-Key', async () => {
    const path = '/partners/{partnerId}/rotate';
    reachedPartner.request = platform.request;
    platform.requests.length = 0;
    await Promise.all([1, 2, 3].map(() => send(path, {}, key, accepting)));

    expect(platform.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('a replay that is asked for again under another Idempotency-Key is sent again', async () => {
    const path = '/webhooks/{webhookId}/replay';
    const [form] = known(claims(things), path);
    sentDeliveries.length = 0;
    await send(path, form);
    await send(path, form, randomUUID());

    expect(sentDeliveries).toHaveLength(2);
  });

  it('a request whose function ended before it was done is done by its repetition a minute later', async () => {
    const path = '/webhooks/{webhookId}/replay';
    const [form] = known(claims(things), path);
    const before = new Set((await answersKept()).map(({ sk }) => sk?.S));
    await send(path, form);
    const kept = (await answersKept()).find(({ sk }) => !before.has(sk?.S)) ?? {};
    expect(kept).not.toHaveProperty('claimedUntil');
    const { pk = { S: '' }, sk = { S: '' } } = kept;
    await database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: { pk, sk },
        UpdateExpression: 'SET claimedUntil = :past',
        ExpressionAttributeValues: { ':past': { N: String(Math.floor(Date.now() / 1000)) } },
      }),
    );
    sentDeliveries.length = 0;

    expect(await send(path, form)).toMatchObject({ status: 202 });
    expect(sentDeliveries).toHaveLength(1);
  });

  it('a request that comes while the first one under its key takes long waits for its answer, and is refused after five seconds', async () => {
    const kept = keptInMemory();
    const waits: number[] = [];
    const repeat = async (onWait: () => Promise<unknown>) =>
      await runOnce(
        claimedRoute,
        requestUnderKey,
        kept,
        { path: {}, body: {} },
        async () => ({ kind: 'done', body: 'twice' }),
        async (milliseconds) => {
          waits.push(milliseconds);
          await onWait();
        },
      );
    const { promise, resolve } = Promise.withResolvers<void>();
    const asked = { path: {}, body: {} };
    const first = runOnce(claimedRoute, requestUnderKey, kept, asked, async () => {
      await promise;
      return { kind: 'done', body: 'once' };
    });

    expect(await repeat(async () => undefined)).toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_USE' });
    expect(waits.reduce((sum, one) => sum + one, 0)).toBe(5_000);
    const waiting = repeat(async () => {
      resolve();
      await first;
    });
    expect(await waiting).toEqual({ kind: 'done', body: 'once' });
  });

  it('what was done is answered although its answer could not be kept, and is not done once more', async () => {
    const settle = async () => await Promise.reject(new Error('The database is away'));
    const kept = { ...keptInMemory(), settle };
    let times = 0;
    const send = async () =>
      await runOnce(
        claimedRoute,
        requestUnderKey,
        kept,
        { path: {}, body: {} },
        async () => {
          times += 1;
          return { kind: 'done', body: 'sent' };
        },
        async () => undefined,
      );

    expect(await send()).toEqual({ kind: 'done', body: 'sent' });
    expect(await send()).toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_USE' });
    expect(times).toBe(1);
  });
});
