import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerRequest } from '../../../lambdas/api/answer-request.ts';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { httpResponse } from '../../../lambdas/http/http-response.ts';
import { newApiKey } from '../../../lambdas/runtime/api-key-text.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { callApi, newOperator } from '../plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});

afterAll(async () => {
  await database.stop();
});

const body = JSON.stringify({ tokenId: 'x'.repeat(200_000) });

const requestsOf = async (authorization: string | undefined) =>
  await countRequests(database, () => callApi(database, authorization, 'POST', '/tokens', body));

describe('a caller without a valid key', () => {
  it('a caller without a key in valid form is refused without a database request', async () => {
    const { apiKey } = newApiKey();
    for (const authorization of [
      undefined,
      'Basic abc',
      'Bearer x',
      `Bearer ${apiKey.slice(1)}`,
      `Bearer ${apiKey.toUpperCase()}`,
      `Bearer ${apiKey}${'x'.repeat(5_000)}`,
    ]) {
      expect(await requestsOf(authorization)).toEqual({ writes: [], reads: [] });
    }
  });

  it('a caller with an unknown key in valid form costs one read and no write', async () => {
    const { apiKey } = newApiKey();

    expect(await requestsOf(`Bearer ${apiKey}`)).toEqual({ writes: [], reads: ['GetItem'] });
  });

  it('a flood of calls with a wrong key costs one read, with one secret or with many, and the right one is served meanwhile', async () => {
    const { apiKey } = await newOperator(database, 'Flooded');
    const id = apiKey.slice(0, -41);
    const unknown = newApiKey().apiKey;
    const secretOf = () => newApiKey().apiKey.slice(-41);
    const { reads } = await countRequests(database, async () => {
      for (let n = 0; n < 50; n += 1) {
        for (const wrong of [unknown, `${id}${secretOf()}`]) {
          const answer = await callApi(database, `Bearer ${wrong}`, 'GET', '/api-keys');
          expect(answer.code).toBe('INVALID_API_KEY');
        }
      }
    });

    expect(reads).toEqual(['GetItem', 'GetItem']);
    expect((await callApi(database, `Bearer ${apiKey}`, 'GET', '/api-keys')).status).toBe(200);
  });
});

describe('a key that sends more than its limit', () => {
  const at = Date.UTC(2026, 3, 14, 16);

  const ask = async (apiKey: string, now: number) => {
    const request = {
      routeKey: 'GET /settings',
      path: {},
      query: {},
      headers: { authorization: `Bearer ${apiKey}` },
      body: undefined,
      base64: false,
    };
    return httpResponse(await answerRequest(database, request, now), apiErrors);
  };

  it('an API key over its limit learns when to continue, in the form of every error, and other keys are served', async () => {
    const { apiKey } = await newOperator(database, 'Busy');
    const { apiKey: other } = await newOperator(database, 'Calm');
    let answers = 0;
    let refusal = await ask(apiKey, at);
    while (refusal.statusCode === 200 && answers < 5_000) {
      answers += 1;
      refusal = await ask(apiKey, at);
    }

    expect(answers).toBe(2_000);
    expect(refusal.statusCode).toBe(429);
    expect(refusal.headers).toMatchObject({
      'retry-after': '10',
      'ratelimit-limit': '2000',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '10',
      'ratelimit-policy': '2000;w=10',
    });
    expect(JSON.parse(refusal.body ?? '')).toEqual({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('Retry-After'),
      details: [],
    });
    expect((await ask(other, at)).statusCode).toBe(200);
    expect((await ask(apiKey, at + 10_000)).statusCode).toBe(200);
  });

  it('every answer to a key says what is left of its limit, a refusal too, and one to nobody says nothing', async () => {
    const { apiKey } = await newOperator(database, 'Counting');
    const headers = { authorization: `Bearer ${apiKey}` };
    const base = { path: {}, query: {}, headers, body: undefined, base64: false };
    const sent = async (more: object) => {
      const request = { ...base, routeKey: 'GET /settings', ...more };
      return httpResponse(await answerRequest(database, request, at + 3_000), apiErrors).headers;
    };

    expect(await sent({})).toMatchObject({
      'ratelimit-limit': '2000',
      'ratelimit-remaining': '1999',
      'ratelimit-reset': '7',
    });
    const invalid = { routeKey: 'POST /tokens', body: '{' };
    expect(await sent(invalid)).toMatchObject({ 'ratelimit-remaining': '1998' });
    const gone = { routeKey: 'DELETE /tokens/{tokenId}', path: { tokenId: 'T' } };
    expect(await sent(gone)).toMatchObject({ 'ratelimit-remaining': '1997' });
    expect(await sent({ headers: {} })).not.toHaveProperty('ratelimit-limit');
  });
});
