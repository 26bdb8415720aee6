import '../quiet.ts';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsModule from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerRequest } from '../../../lambdas/api/answer-request.ts';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { routes } from '../../../lambdas/api/routes.ts';
import { httpResponse } from '../../../lambdas/http/http-response.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, scan, type TestOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';

let database: TestDatabase;
let mine: TestOperator;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  mine = await newOperator(database, 'Mine');
});

afterAll(async () => {
  await database.stop();
});

/** Sends what the client sends to the function instead of through HTTP. `now` is our clock in epoch ms. */
const sentTo =
  (now: () => number) =>
  async (_url: unknown, init: RequestInit = {}): Promise<Response> => {
    const { method = 'GET', body } = init;
    const served = await answerRequest(
      database,
      {
        routeKey: `${method} /mcp`,
        path: {},
        query: {},
        headers: Object.fromEntries(new Headers(init.headers)),
        body: typeof body === 'string' ? body : undefined,
        base64: false,
      },
      now(),
      testServices,
    );
    const { statusCode, headers, body: text } = httpResponse(served, apiErrors);
    return new Response(text ?? null, {
      status: statusCode ?? 0,
      headers: headers as Record<string, string>,
    });
  };

type Mode = 'auto' | 'legacy';

const clientOf = async (apiKey: string, mode: Mode = 'auto', now = Date.now): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(
    new StreamableHTTPClientTransport(new URL('https://joulegate.test/mcp'), {
      requestInit: { headers: { authorization: `Bearer ${apiKey}` } },
      fetch: sentTo(now),
    }),
  );
  return client;
};

const keyWith = async (...scopes: readonly string[]): Promise<string> =>
  String((await mine.call('POST', '/api-keys', { name: 'mcp', scopes })).body['apiKey']);

type Result = Record<string, unknown>;

const call = async (client: Client, name: string, given: Record<string, unknown> = {}) => {
  const { content, isError } = await client.callTool({ name, arguments: given });
  const [first] = content as readonly { readonly text: string }[];
  return { isError: isError === true, body: JSON.parse(first?.text ?? '') as Result };
};

const namesOf = async (client: Client): Promise<readonly string[]> =>
  (await client.listTools()).tools.map(({ name }) => name);

describe('the tools of the MCP server', () => {
  it.each(['auto', 'legacy'] as const)(
    'a client of the SDK that negotiates %s reads chargers with a key that may read them',
    async (mode) => {
      const chargerId = `MCP-${mode}`;
      await mine.call('POST', '/chargers', { chargerId });
      const client = await clientOf(await keyWith('chargers:read'), mode);

      expect(client.getServerVersion()).toMatchObject({ name: 'joulegate' });
      const read = await call(client, 'getChargersByChargerId', { chargerId });

      expect(read).toMatchObject({ isError: false, body: { chargerId, online: false } });
      await client.close();
    },
  );

  it('a key that reads is offered the calls that read what it may read, and no other', async () => {
    const client = await clientOf(await keyWith('chargers:read', 'tariffs:write'));
    const { tools } = await client.listTools();
    const shown = tools.map(({ annotations }) => annotations?.title);

    const readable = routes
      .filter(({ scope }) => scope === 'chargers:read' || scope === 'tariffs:read')
      .map(({ method, path }) => `${method} ${path}`);
    expect(shown.toSorted()).toEqual(readable.toSorted());
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
  });

  it('an administrator with mcp:write is offered every call but those about keys', async () => {
    const { tools } = await (await clientOf(await keyWith('admin', 'mcp:write'))).listTools();

    const expected = routes.filter(({ scope }) => scope !== 'admin');
    expect(tools.map(({ annotations }) => annotations?.title).toSorted()).toEqual(
      expected.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
    const ajv = formatsModule.default(new Ajv2020({ strict: false }));
    for (const { name, inputSchema } of tools) {
      expect(name).toMatch(/^[A-Za-z]\w{2,63}$/);
      // A reference to what is not there would throw.
      expect(ajv.compile(inputSchema)({ nothing: 'of this name' })).toBe(false);
    }
  });

  it('the example of every call with a body fits the arguments that its tool describes', async () => {
    const { tools } = await (await clientOf(await keyWith('admin', 'mcp:write'))).listTools();
    const ajv = formatsModule.default(new Ajv2020({ strict: false }));

    for (const { method, path, body, example } of routes) {
      const tool = tools.find(({ annotations }) => annotations?.title === `${method} ${path}`);
      if (tool === undefined || body === undefined) continue;
      const inPath = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, p]) => [p, 'x']));
      const validate = ajv.compile(tool.inputSchema);
      validate({ ...inPath, body: example });
      expect([path, validate.errors]).toEqual([path, null]);
    }
  });

  it('a refused call gives its code and details as the API does, and so does an argument that no tool has', async () => {
    const client = await clientOf(await keyWith('chargers:read'));

    expect(await call(client, 'getChargersByChargerId', { chargerId: 'NOWHERE' })).toMatchObject({
      isError: true,
      body: { code: 'CHARGER_NOT_FOUND', message: apiErrors.CHARGER_NOT_FOUND[1] },
    });
    expect(
      await call(client, 'getChargers', { limit: 0, online: { not: 'a text' } }),
    ).toMatchObject({
      isError: true,
      body: { code: 'INVALID_REQUEST', details: [{ path: 'arguments.online' }] },
    });
    expect(await call(client, 'getChargersByChargerId', {})).toMatchObject({
      body: { code: 'INVALID_REQUEST', details: [{ path: 'arguments.chargerId' }] },
    });
    expect(await call(client, 'getChargers', { limit: 0 })).toMatchObject({
      body: { code: 'INVALID_REQUEST', details: [{ path: 'query.limit' }] },
    });
    await expect(client.callTool({ name: 'formatDisk', arguments: {} })).rejects.toThrow(
      'formatDisk',
    );
  });

  it('a client without a valid key gets no further than 401', async () => {
    const fetch = sentTo(Date.now);
    const post = (headers: Record<string, string>) =>
      fetch('', { method: 'POST', headers, body: '{}' });

    expect((await post({})).status).toBe(401);
    expect((await post({ authorization: 'Bearer jg_live_x_y' })).status).toBe(401);
    await expect(clientOf('jg_live_x_y')).rejects.toThrow();
  });

  it('there is no stream and no session: other methods are answered 405 with the one that there is', async () => {
    const headers = { authorization: `Bearer ${mine.apiKey}`, accept: 'text/event-stream' };
    for (const method of ['GET', 'DELETE']) {
      const answer = await sentTo(Date.now)('', { method, headers });
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'POST']);
    }
  });

  it('what is no message, and several messages at once, are refused without being looked into', async () => {
    const headers = {
      authorization: `Bearer ${mine.apiKey}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    };
    const one = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
    const post = (body: string) => sentTo(Date.now)('', { method: 'POST', headers, body });

    expect((await post('{')).status).toBe(400);
    expect((await post('null')).status).toBe(400);
    expect((await post(JSON.stringify([one, { ...one, id: 2 }]))).status).toBe(400);
    const { method: _, ...envelope } = one;
    const listen = { ...envelope, method: 'subscriptions/listen' };
    expect(JSON.stringify(await (await post(JSON.stringify(listen))).text())).toContain('error');
    expect((await post(`"${'x'.repeat(300_000)}"`)).status).toBe(413);
  });
});

describe('a header that no request of HTTP can have', () => {
  it('a header in other characters than HTTP has, as API Gateway hands it over, is left out and breaks nothing', async () => {
    const own = {
      authorization: `Bearer ${mine.apiKey}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
    const answerTo = async (headers: Record<string, string>) =>
      await answerRequest(
        database,
        { routeKey: 'POST /mcp', path: {}, query: {}, headers, body, base64: false },
        Date.now(),
        testServices,
      );
    const usual = await answerTo(own);

    expect(usual).toMatchObject({ kind: 'done', status: 200 });
    for (const odd of ['日本', '\ufeff', '\ud83d', 'a\0', 'a\r\nb']) {
      const { rate: _, ...answer } = await answerTo({ ...own, 'user-agent': odd });
      expect(usual).toMatchObject(answer);
    }
  });
});

describe('a change by a tool', () => {
  const rename = { chargerId: 'MCP-W', body: { name: 'Gate' } };

  it('a key without mcp:write changes nothing, an administrator’s neither', async () => {
    for (const key of [await keyWith('chargers:write'), mine.apiKey]) {
      const client = await clientOf(key);
      expect(await namesOf(client)).not.toContain('patchChargersByChargerId');
      expect(await call(client, 'patchChargersByChargerId', rename)).toMatchObject({
        isError: true,
        body: { code: 'SCOPE_MISSING', details: [{ message: 'mcp:write' }] },
      });
    }
  });

  it('mcp:write alone changes nothing: the scope of the call is needed too', async () => {
    const client = await clientOf(await keyWith('mcp:write', 'tariffs:read'));

    expect(await call(client, 'patchChargersByChargerId', rename)).toMatchObject({
      isError: true,
      body: { code: 'SCOPE_MISSING', details: [{ message: 'chargers:write' }] },
    });
  });

  it('a first call says what would be done and does nothing; the second, with its code, does it', async () => {
    const chargerId = 'MCP-TWO';
    await mine.call('POST', '/chargers', { chargerId, name: 'Old' });
    const client = await clientOf(await keyWith('chargers:write', 'mcp:write'));
    const before = await scan(database, database.state);

    const first = await call(client, 'patchChargersByChargerId', { ...rename, chargerId });

    expect(first).toMatchObject({
      isError: false,
      body: {
        done: false,
        request: { method: 'PATCH', path: `/chargers/${chargerId}`, body: { name: 'Gate' } },
        before: { chargerId, name: 'Old' },
        validForSeconds: 300,
      },
    });
    expect(await scan(database, database.state)).toEqual(before);
    const { confirmation } = first.body;
    // The order of names says nothing.
    const second = await call(client, 'patchChargersByChargerId', {
      confirmation,
      body: { name: 'Gate' },
      chargerId,
    });
    expect(second).toMatchObject({ isError: false, body: { chargerId, name: 'Gate' } });
    expect((await mine.call('GET', `/chargers/${chargerId}`)).body).toMatchObject({ name: 'Gate' });
  });

  it('a first call with arguments that the call refuses gives no code', async () => {
    const client = await clientOf(await keyWith('chargers:write', 'mcp:write'));

    const answer = await call(client, 'postChargers', { body: { chargerId: 'a/b' } });

    expect(answer).toMatchObject({ isError: true, body: { code: 'INVALID_REQUEST' } });
    expect(answer.body).not.toHaveProperty('confirmation');
  });

  it('a code is that of its arguments, its tool, its key and five minutes', async () => {
    const chargerId = 'MCP-CODE';
    await mine.call('POST', '/chargers', { chargerId, name: 'Old' });
    const key = await keyWith('chargers:write', 'mcp:write');
    let now = Date.now();
    const client = await clientOf(key, 'auto', () => now);
    const other = await clientOf(await keyWith('chargers:write', 'mcp:write'), 'auto', () => now);
    const given = { chargerId, body: { name: 'New' } };
    const name = 'patchChargersByChargerId';
    const { confirmation } = (await call(client, name, given)).body;
    const invalid = { isError: true, body: { code: 'CONFIRMATION_INVALID' } };

    expect(
      await call(client, name, { chargerId, body: { name: 'Other' }, confirmation }),
    ).toMatchObject(invalid);
    expect(
      await call(client, 'deleteChargersByChargerId', { chargerId, confirmation }),
    ).toMatchObject(invalid);
    expect(await call(other, name, { ...given, confirmation })).toMatchObject(invalid);
    for (const odd of ['', 'x', 1, {}, `z${String(confirmation)}`, String(confirmation).slice(1)]) {
      expect(await call(client, name, { ...given, confirmation: odd })).toMatchObject(invalid);
    }
    now += 301_000;
    expect(await call(client, name, { ...given, confirmation })).toMatchObject(invalid);
    expect((await mine.call('GET', `/chargers/${chargerId}`)).body).toMatchObject({ name: 'Old' });
  });

  it('a code that is sent twice creates once', async () => {
    const client = await clientOf(await keyWith('tariffs:write', 'mcp:write'));
    const body = { name: 'Only once', currency: 'EUR', perKwh: '0.3' };
    const { confirmation } = (await call(client, 'postTariffs', { body })).body;

    const once = await call(client, 'postTariffs', { body, confirmation });
    const twice = await call(client, 'postTariffs', { body, confirmation });

    expect(once.isError).toBe(false);
    expect(twice.body).toEqual(once.body);
    const { items = [] } = (await mine.call('GET', '/tariffs')).body;
    expect(items.filter((one) => one['name'] === 'Only once')).toHaveLength(1);
  });
});
