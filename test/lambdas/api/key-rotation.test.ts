import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticate, forgetApiKey } from '../../../lambdas/access/authenticate.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { callApi, newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
});

afterAll(async () => {
  await database.stop();
});

type Made = { readonly apiKeyId: string; readonly apiKey: string };

const make = async (): Promise<Made> =>
  (await operator.call('POST', '/api-keys', { name: 'x', scopes: ['cdrs:read'] })).body as never;

const rotate = async (apiKeyId: string, body: object = {}): Promise<Made> =>
  (await operator.call('POST', `/api-keys/${apiKeyId}/rotate`, body)).body as never;

/** Whether a key opens the API, as another instance finds that has not seen it. */
const opens = async ({ apiKeyId, apiKey }: Made, now = Date.now()): Promise<boolean> => {
  forgetApiKey(apiKeyId);
  return (await authenticate(database, `Bearer ${apiKey}`, now)).kind === 'known';
};

const shown = async (apiKeyId: string) =>
  (await operator.call('GET', '/api-keys?limit=100')).body.items?.find(
    (one) => one['apiKeyId'] === apiKeyId,
  );

describe('the rotation of a key', () => {
  it('the old key opens the API until the new one is used, and not after that', async () => {
    const old = await make();
    const fresh = await rotate(old.apiKeyId);

    expect(fresh.apiKeyId).toBe(old.apiKeyId);
    expect(fresh.apiKey).not.toBe(old.apiKey);
    expect(await opens(old)).toBe(true);
    expect(await opens(old)).toBe(true);
    expect(await opens(fresh)).toBe(true);
    expect(await opens(old)).toBe(false);
    expect(await opens(fresh)).toBe(true);
  });

  it('the old key ends at the date that was given, also if nobody has used the new one', async () => {
    const old = await make();
    const until = Date.now() + 3_600_000;
    const fresh = await rotate(old.apiKeyId, { previousValidUntil: new Date(until).toISOString() });

    expect(await opens(old, until - 1)).toBe(true);
    expect(await opens(old, until)).toBe(false);
    expect(await opens(fresh, until)).toBe(true);
  });

  it('a second rotation ends the key before the last one', async () => {
    const first = await make();
    const second = await rotate(first.apiKeyId);
    const third = await rotate(first.apiKeyId);

    expect([await opens(first), await opens(second), await opens(third)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('of two rotations at once one is done, or both one after the other', async () => {
    const { apiKeyId } = await make();

    const made = await Promise.all([0, 1].map(() => rotate(apiKeyId)));

    const working = [];
    for (const one of made.filter(({ apiKey }) => apiKey !== undefined)) {
      if (await opens(one)) working.push(one);
    }
    expect(working.length).toBeGreaterThan(0);
  });

  it.each(['/api-keys', '/webhooks/{webhookId}/test'])(
    'what was done by POST %s under an Idempotency-Key is not done again after the rotation, and is refused with the reason',
    async (path) => {
      const { body } = await operator.call('POST', '/webhooks', {
        url: 'https://receiver.example/',
        events: ['*'],
      });
      const once = { 'idempotency-key': `before-rotation-${path.length}` };
      const send = async ({ apiKey }: Made) =>
        await callApi(
          database,
          `Bearer ${apiKey}`,
          'POST',
          path.replace('{webhookId}', String(body['webhookId'])),
          path === '/api-keys' ? { name: 'made once', scopes: ['cdrs:read'] } : undefined,
          once,
        );
      const old = (await operator.call('POST', '/api-keys', { name: 'x', scopes: ['admin'] }))
        .body as never as Made;
      const answer = await send(old);
      const fresh = await rotate(old.apiKeyId);

      expect(answer.code).toBeUndefined();
      expect(await send(old)).toEqual(answer);
      forgetApiKey(old.apiKeyId);
      expect(await send(fresh)).toMatchObject({ code: 'IDEMPOTENCY_KEY_ROTATED' });
      const made = (await operator.call('GET', '/api-keys?limit=100')).body.items ?? [];
      expect(made.filter(({ name }) => name === 'made once').length).toBeLessThanOrEqual(1);
    },
  );

  it('a date in the past and a key that does not exist are refused', async () => {
    const { apiKeyId } = await make();
    const past = { previousValidUntil: '2020-01-01T00:00:00Z' };

    expect((await operator.call('POST', `/api-keys/${apiKeyId}/rotate`, past)).code).toBe(
      'INVALID_REQUEST',
    );
    expect((await operator.call('POST', '/api-keys/none/rotate', {})).code).toBe(
      'API_KEY_NOT_FOUND',
    );
  });
});

describe('the last use of a key', () => {
  it('the last use is shown up to an hour behind, and costs at most a write an hour', async () => {
    const made = await make();
    expect(await shown(made.apiKeyId)).toMatchObject({ lastUsedAt: null });

    const now = Date.now();
    const { writes } = await countRequests(database, async () => {
      for (let minute = 0; minute < 120; minute += 5) await opens(made, now + minute * 60_000);
    });
    expect(writes).toHaveLength(2);

    const { lastUsedAt } = (await shown(made.apiKeyId)) ?? {};
    expect(Date.parse(String(lastUsedAt)) - now).toBe(3_600_000);
  });

  it('a key that was deleted is not made by its last use', async () => {
    const made = await make();
    await authenticate(database, `Bearer ${made.apiKey}`, Date.now());
    await operator.call('DELETE', `/api-keys/${made.apiKeyId}`);

    expect(await opens(made, Date.now() + 7_200_000)).toBe(false);
    expect(await shown(made.apiKeyId)).toBeUndefined();
  });
});
