import '../lambdas/quiet.ts';
import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type DescribedDocument,
  writeOperations,
} from '../../build/api-client/write-operations.ts';
import { ApiError } from '../../clients/typescript/api-error.ts';
import { createClient } from '../../clients/typescript/create-client.ts';
import { openRoutes } from '../../lambdas/api/open-routes.ts';

const folder = fileURLToPath(new URL('../../clients/typescript', import.meta.url));

type Sent = { readonly url: string; readonly init: RequestInit };

/** A client of a server that gives one answer after the other, and what it sent. */
const clientOf = (...answers: readonly Response[]) => {
  const sent: Sent[] = [];
  const waited: number[] = [];
  const client = createClient({
    url: 'https://api.example/',
    apiKey: 'jg_live_x',
    fetch: async (url, init = {}) => {
      sent.push({ url: String(url), init });
      return answers[sent.length - 1] ?? new Response(null, { status: 599 });
    },
    wait: async (milliseconds) => {
      waited.push(milliseconds);
    },
  });
  return { client, sent, waited };
};

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

describe('the client of the operator API', () => {
  it('its types are those of GET /openapi.json (npm run api-client writes them)', async () => {
    const document = await openRoutes.find(({ path }) => path === '/openapi.json')?.answer();
    const plain = JSON.parse(JSON.stringify(document)) as DescribedDocument;

    await expect(writeOperations(plain)).toMatchFileSnapshot(`${folder}/generated/operations.ts`);
  });

  it('a call encodes the parameters of its path and query once, and carries key, headers and body', async () => {
    const { client, sent } = clientOf(json({ items: [], nextCursor: null }), json({}, 201));

    await client.call('GET /sessions', { query: { chargerId: 'Hof 1/+', limit: 5 } });
    await client.call('POST /chargers/{chargerId}/password', {
      path: { chargerId: 'a b:%2F' },
      body: {},
    });

    expect(sent.map(({ url }) => url)).toEqual([
      'https://api.example/sessions?chargerId=Hof+1%2F%2B&limit=5',
      'https://api.example/chargers/a%20b%3A%252F/password',
    ]);
    expect(sent[1]?.init).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer jg_live_x', 'content-type': 'application/json' },
      body: '{}',
    });
  });

  it('a refusal is an error with its status, code, sentence and details', async () => {
    const refusal = {
      code: 'INVALID_REQUEST',
      message: 'No.',
      details: [{ path: 'body.name', message: 'This field is required.' }],
    };
    const { client } = clientOf(json(refusal, 400));

    const error = await client.call('GET /tokens').catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, ...refusal });
  });

  it('a request that came too early is sent again when the answer says so, at most five times', async () => {
    const early = () =>
      json({ code: 'RATE_LIMITED', message: 'Later.' }, 429, { 'retry-after': '7' });
    const once = clientOf(early(), json({ items: [], nextCursor: null }));
    const never = clientOf(early(), early(), early(), early(), early(), early());

    expect(await once.client.call('GET /tokens')).toEqual({ items: [], nextCursor: null });
    await expect(never.client.call('GET /tokens')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(never.sent).toHaveLength(5);
    expect([once.waited, never.waited]).toEqual([[7000], [7000, 7000, 7000, 7000]]);
  });

  it('a request that API Gateway itself refused, without a time, is sent again after one more second each time', async () => {
    const refused = () => json({ message: 'Too Many Requests' }, 429);
    const { client, waited } = clientOf(
      refused(),
      refused(),
      json({ items: [], nextCursor: null }),
    );

    expect(await client.call('GET /tokens')).toEqual({ items: [], nextCursor: null });
    expect(waited).toEqual([1000, 2000]);
  });

  it('a list is walked page by page to its end, and an answer that is no list ends it', async () => {
    const { client, sent } = clientOf(
      json({ items: [{ tokenId: 'A' }], nextCursor: 'n' }),
      json({ items: [{ tokenId: 'B' }], nextCursor: null }),
      json({ status: 'ok' }),
    );
    const walk = async () =>
      (await Array.fromAsync(client.list('GET /tokens'))).map(({ tokenId }) => tokenId);

    expect(await walk()).toEqual(['A', 'B']);
    expect(sent[1]?.url).toBe('https://api.example/tokens?limit=100&cursor=n');
    await expect(walk()).rejects.toMatchObject({ code: 'NO_LIST' });
  });

  it('a call with a path, a body or a scope that its route does not have does not compile', () => {
    const { client } = clientOf();
    const calls = [
      // @ts-expect-error the id of the charger is missing
      () => client.call('GET /chargers/{chargerId}'),
      // @ts-expect-error no route
      () => client.call('GET /nothing'),
      // @ts-expect-error no scope of that name
      () => client.call('POST /api-keys', { body: { name: 'x', scopes: ['root'] } }),
      // @ts-expect-error a token has no colour
      async () => (await client.call('GET /tokens/{tokenId}', { path: { tokenId: 'x' } })).colour,
    ];

    expect(calls).toHaveLength(4);
  });

  it('the package is built as JavaScript with its types, and works outside of the project', () => {
    const target = mkdtempSync(join(tmpdir(), 'joulegate-client-'));
    onTestFinished(() => rmSync(target, { recursive: true }));
    const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));
    const built = spawnSync(tsc, ['-p', folder, '--outDir', join(target, 'dist')], {
      encoding: 'utf8',
    });
    expect(built).toMatchObject({ status: 0, stdout: '' });
    writeFileSync(join(target, 'package.json'), readFileSync(join(folder, 'package.json')));
    const user = mkdtempSync(join(tmpdir(), 'joulegate-user-'));
    onTestFinished(() => rmSync(user, { recursive: true }));
    spawnSync('mkdir', ['-p', join(user, 'node_modules/@joulegate')]);
    symlinkSync(target, join(user, 'node_modules/@joulegate/client'));
    writeFileSync(
      join(user, 'use.mjs'),
      `import { createClient } from '@joulegate/client';
       const fetch = async () => new Response('{"status":"ok"}');
       console.log(JSON.stringify(await createClient({ url: 'x', fetch }).call('GET /health')));`,
    );

    const used = spawnSync(process.execPath, [join(user, 'use.mjs')], { encoding: 'utf8' });

    expect(used).toMatchObject({ status: 0, stdout: '{"status":"ok"}\n' });
    expect(readdirSync(join(target, 'dist'))).toContain('create-client.d.ts');
  });
});
