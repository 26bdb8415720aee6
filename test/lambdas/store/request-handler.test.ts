import { createHook } from 'node:async_hooks';
import {
  createServer as createSecureServer,
  getCACertificates,
  setDefaultCACertificates,
} from 'node:tls';
import {
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isServiceTrouble } from '../../../lambdas/runtime/is-service-trouble.ts';
import { newClient } from '../../../lambdas/store/table/new-client.ts';
import { createRequestHandler } from '../../../lambdas/store/table/request-handler.ts';
import {
  type Behaviour,
  type ScriptedDatabase,
  startScriptedDatabase,
} from './scripted-database.ts';

let database: ScriptedDatabase;
let clients: DynamoDBClient[] = [];

beforeAll(async () => {
  database = await startScriptedDatabase();
});

afterEach(() => {
  for (const client of clients) client.destroy();
  clients = [];
});

afterAll(async () => await database.stop());

/** Long enough for a machine that is busy. */
const patience = { connection: 60_000, answer: 60_000 };

const configOf = (more: DynamoDBClientConfig = {}): DynamoDBClientConfig => ({
  endpoint: database.url,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
  maxAttempts: 2,
  ...more,
});

function ours(more?: DynamoDBClientConfig, within = patience): DynamoDBClient {
  const client = newClient(configOf(more), within);
  clients.push(client);
  return client;
}

function theirs(more?: DynamoDBClientConfig): DynamoDBClient {
  const client = new DynamoDBClient(configOf(more));
  clients.push(client);
  return client;
}

const get = (client: DynamoDBClient) =>
  client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'ü' } } }));

type Failure = {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
};

/** The outcome of a request: its answer, or a failure as those tell it apart who try again. */
async function outcomeOf(client: DynamoDBClient): Promise<unknown> {
  try {
    const { $metadata, ...output } = await get(client);
    const { httpStatusCode, requestId, attempts } = $metadata;
    return { output, httpStatusCode, requestId, attempts };
  } catch (error) {
    const { name, message, code, $metadata } = error as Failure;
    const attempts = $metadata?.attempts;
    if (code?.startsWith('HPE_')) return { code: 'HPE', attempts };
    // The SDK names one that breaks off within its body otherwise, and tries it again all the same.
    if (code !== undefined) return { code, attempts };
    return { name, message: message.split('\n')[0], status: $metadata?.httpStatusCode, attempts };
  }
}

type Content = {
  readonly status: string;
  readonly headers: readonly string[];
  readonly body: string;
};

const errorOf = (type: string): string =>
  JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: `It is ${type}` });

const item = JSON.stringify({ Item: { pk: { S: 'ü' }, bytes: { B: 'AAEC' }, n: { N: '1' } } });

const successes = fc.record({ status: fc.constant('200 OK'), body: fc.constantFrom('{}', item) });
const failures = fc.record({
  status: fc.constant('400 Bad Request'),
  body: fc.constantFrom(
    errorOf('ConditionalCheckFailedException'),
    errorOf('ProvisionedThroughputExceededException'),
    errorOf('ValidationException'),
    errorOf('AccessDeniedException'),
  ),
});
const troubles = fc.record({
  status: fc.constantFrom('500 Internal Server Error', '503 Service Unavailable', '429 Too Many'),
  body: fc.constantFrom(errorOf('InternalServerError'), '<html>no</html>', ''),
});
const headers = fc.subarray([
  'x-amzn-RequestId: ABC',
  'Content-Type: application/x-amz-json-1.0',
  'x-amz-crc32: 1',
  'Retry-After: 0',
  'Set-Cookie: a=1',
  'Set-Cookie: b=2',
  'Connection: close',
  'Keep-Alive: timeout=5',
  `Date: ${new Date().toUTCString()}`,
  'x-amzn-ErrorType: ',
]);

const contents: fc.Arbitrary<Content> = fc
  .tuple(fc.oneof(successes, failures, troubles), headers)
  .map(([content, all]) => ({ ...content, headers: all }));

/** Cuts bytes, one for each character, into parts. */
const cut = (bytes: string, places: readonly number[]): readonly string[] => {
  const at = [0, ...places.map((place) => Math.floor(place * bytes.length)), bytes.length].sort(
    (a, b) => a - b,
  );
  return at.slice(1).map((end, index) => bytes.slice(at[index], end));
};

const chunked = (body: string, places: readonly number[]): string =>
  cut(body, places)
    .filter((part) => part !== '')
    .map((part) => `${part.length.toString(16)}\r\n${part}\r\n`)
    .join('');

type Framing = 'length' | 'chunks' | 'until-closed';

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });

const framed = (
  { status, headers: all, body: text }: Content,
  framing: Framing,
  chunks: readonly number[],
): string => {
  const body = Buffer.from(text).toString('latin1');
  const frame = {
    length: [`content-Length: ${body.length}`, body],
    chunks: ['Transfer-Encoding: chunked', `${chunked(body, chunks)}0\r\nSome-Trailer: 1\r\n\r\n`],
    'until-closed': ['X-Other: 1', body],
  }[framing];
  return `HTTP/1.1 ${status}\r\n${[...all, frame[0]].join('\r\n')}\r\n\r\n${frame[1]}`;
};

/** One answer, whole and in any parts. */
const wholeAnswers: fc.Arbitrary<Behaviour> = fc
  .record({
    content: contents,
    framing: fc.constantFrom<Framing>('length', 'length', 'chunks', 'until-closed'),
    chunks: places,
    parts: places,
    early: fc.constantFrom('', 'HTTP/1.1 100 Continue\r\n\r\n'),
  })
  .map(({ content, framing, chunks, parts, early }) => ({
    parts: cut(early + framed(content, framing, chunks), parts),
    ...(framing === 'until-closed' ? { end: 'closes' as const } : {}),
  }));

/** One that breaks off. */
const brokenAnswers: fc.Arbitrary<Behaviour> = fc
  .tuple(
    contents,
    fc.constantFrom<Framing>('length', 'chunks'),
    fc.double({ min: 0, max: 0.99, noNaN: true }),
  )
  .map(([content, framing, share]) => {
    const bytes = framed(content, framing, [0.5]);
    return { parts: [bytes.slice(0, Math.floor(share * bytes.length))], end: 'closes' as const };
  });

const strangeAnswers = fc.constantFrom<Behaviour>(
  { parts: ['SSH-2.0-OpenSSH_9.6\r\n\r\n'] },
  { parts: ['HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n'] },
  { parts: ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nmany\r\n{}\r\n0\r\n\r\n'] },
  { parts: ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n'] },
  { parts: [`HTTP/1.1 200 OK\r\nlong: ${'a'.repeat(20_000)}\r\n\r\n`] },
);

const scripts = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: wholeAnswers },
    { weight: 2, arbitrary: brokenAnswers },
    { weight: 1, arbitrary: strangeAnswers },
  ),
  { minLength: 1, maxLength: 3 },
);

describe('an answer of the database', () => {
  it('an answer has the same outcome as with the handler of the SDK, and is asked for as often, whatever its form and wherever it breaks off', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const outcomes = [];
        for (const client of [theirs(), ours()]) {
          database.follow(script);
          const first = await outcomeOf(client);
          const then = await outcomeOf(client);
          outcomes.push({ first, then, asked: database.seen.length });
          client.destroy();
        }
        expect(outcomes[1]).toEqual(outcomes[0]);
      }),
      { numRuns: 25 },
    );
  });
});

const answer = (body = '{}', more: readonly string[] = [], status = '200 OK'): Behaviour => ({
  parts: [framed({ status, headers: more, body }, 'length', [])],
});

const connectionsSeen = () => database.seen.map(({ connection }) => connection);

describe('connections to the database', () => {
  it('requests one after the other take one connection, and another one only where the database closes it', async () => {
    const client = ours();
    database.follow([answer(), answer(item), answer('{}', ['Connection: close']), answer()]);
    for (let count = 0; count < 5; count += 1) await get(client);
    expect(connectionsSeen()).toEqual([1, 1, 1, 2, 2]);
  });

  it('a request over an open connection makes one timer, one request of Node and no connection', async () => {
    const client = ours();
    database.follow([answer(item)]);
    await get(client);
    const made = new Map<string, number>();
    const count = (type: string) => made.set(type, (made.get(type) ?? 0) + 1);
    const hook = createHook({ init: (_id, type) => void count(type) }).enable();
    try {
      for (let asked = 0; asked < 200; asked += 1) await get(client);
    } finally {
      hook.disable();
    }
    expect(made.get('HTTPCLIENTREQUEST')).toBe(200);
    expect(made.get('TCPCONNECTWRAP')).toBeUndefined();
    expect(new Set(connectionsSeen())).toEqual(new Set([1]));
    // Others in this process set a timer now and then; a second one for each request would be 400.
    expect(made.get('Timeout')).toBeGreaterThanOrEqual(200);
    expect(made.get('Timeout')).toBeLessThan(300);
  });

  it('many requests at once take at most fifty connections, and all are answered', async () => {
    const client = ours();
    database.follow([answer()]);
    await Promise.all(Array.from({ length: 130 }, () => get(client)));
    expect(new Set(connectionsSeen()).size).toBeLessThanOrEqual(50);
    expect(database.seen).toHaveLength(130);
  });

  it('a request that gets no connection in time fails as one that is tried again', async () => {
    const within = { ...patience };
    const client = ours({ maxAttempts: 1 }, within);
    database.follow(['silent']);
    const waiting = Array.from({ length: 50 }, () => get(client).catch(() => undefined));
    await expect.poll(() => database.seen.length, { timeout: 120_000 }).toBe(50);
    within.connection = 20;
    const error = await get(client).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'TimeoutError' });
    expect(String(error)).toContain('No free connection to the database within 20 ms');
    client.destroy();
    await Promise.all(waiting);
    expect(database.seen).toHaveLength(50);
  });

  it.each([
    ['does not answer', 'silent'],
    ['stops in the middle', { parts: ['HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'] }],
  ] as const)('a database that %s is asked again in time, and then in trouble', async (_, how) => {
    database.follow([how]);
    const error = await get(ours({}, { ...patience, answer: 100 })).catch((caught) => caught);
    const $metadata = expect.objectContaining({ attempts: 2 });
    expect(error).toMatchObject({ name: 'TimeoutError', code: 'ETIMEDOUT', $metadata });
    expect(isServiceTrouble(error)).toBe(true);
  });

  it.each(['closes', 'resets'] as const)(
    'a database that %s the connection is asked again over another one, and then in trouble',
    async (end) => {
      database.follow([{ parts: [''], end }]);
      const error = await get(ours()).catch((caught) => caught);
      const $metadata = expect.objectContaining({ attempts: 2 });
      expect(error).toMatchObject({ name: 'TimeoutError', code: 'ECONNRESET', $metadata });
      expect(isServiceTrouble(error)).toBe(true);
      expect(connectionsSeen()).toEqual([1, 2]);
    },
  );

  it('a connection that was reset while nobody used it fails no request', async () => {
    const client = ours();
    const { parts } = answer() as Extract<Behaviour, object>;
    database.follow([{ parts, end: 'resets' }, answer(), { parts, end: 'closes' }, answer()]);
    for (let count = 0; count < 4; count += 1) await get(client);
    expect(Math.max(...connectionsSeen())).toBeGreaterThan(1);
  });

  it('a database that refuses connections is in trouble, as the SDK says it', async () => {
    const nowhere = { endpoint: 'http://127.0.0.1:9' };
    expect(await outcomeOf(ours(nowhere))).toEqual(await outcomeOf(theirs(nowhere)));
    const error = await get(ours(nowhere)).catch((caught: unknown) => caught);
    expect(isServiceTrouble(error)).toBe(true);
  });

  it('a request can be given up', async () => {
    const client = ours();
    database.follow(['silent', answer()]);
    const giveUp = new AbortController();
    const command = new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } });
    const sent = client.send(command, { abortSignal: giveUp.signal });
    await expect.poll(() => database.seen.length, { timeout: 120_000 }).toBe(1);
    giveUp.abort();
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
    await get(client);
    expect(connectionsSeen()).toEqual([1, 2]);
    const early = client.send(command, { abortSignal: AbortSignal.abort() });
    await expect(early).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('a clock that is wrong by hours is corrected by the time of an answer', async () => {
    const client = ours();
    const hour = 3_600_000;
    const date = `Date: ${new Date(Date.now() + 5 * hour).toUTCString()}`;
    const expired = JSON.stringify({
      __type: 'x#InvalidSignatureException',
      message: 'Signature expired',
    });
    database.follow([answer(expired, [date], '400 Bad Request'), answer('{}', [date])]);
    await get(client);
    await get(client);
    const signed = database.seen.map(({ head }) => {
      const [, day, hours] = /x-amz-date: (\d{8})T(\d\d)/.exec(head) ?? [];
      return `${day} ${hours}`;
    });
    expect(signed[1]).not.toBe(signed[0]);
    expect(signed[2]).not.toBe(signed[0]);
  });

  it.each([{ headers: { a: 'b\r\nc: d' } }, { path: '/ HTTP/1.1\r\na: b' }])(
    'a header or a path that would begin a line of its own is not sent: %j',
    async (wrong) => {
      database.follow([answer()]);
      const { protocol, port, hostname } = new URL(database.url);
      const request = { protocol, hostname, port, method: 'POST', path: '/', headers: {} };
      const sent = createRequestHandler(patience).handle?.({ ...request, ...wrong } as never);
      await expect(sent).rejects.toThrow(/Invalid character|unescaped characters/);
      expect(database.seen).toEqual([]);
    },
  );
});

describe('a secure connection', () => {
  it('a database with a certificate is asked over TLS, over one connection, and one whose certificate nobody trusts is not', async () => {
    const { generate } = await import('selfsigned');
    const names = [{ type: 2 as const, value: 'localhost' }];
    const made = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: names },
      ],
    });
    const secure = await startScriptedDatabase((serve) =>
      createSecureServer({ key: made.private, cert: made.cert }, serve),
    );
    const endpoint = secure.url.replace('http://127.0.0.1', 'https://localhost');
    const trusted = getCACertificates('default');
    try {
      secure.follow([answer(item)]);
      const distrusting = await outcomeOf(ours({ endpoint }));
      expect(distrusting).toEqual(await outcomeOf(theirs({ endpoint })));
      expect(distrusting).toMatchObject({ attempts: 1 });
      setDefaultCACertificates([...trusted, made.cert]);
      const client = ours({ endpoint });
      for (let count = 0; count < 3; count += 1) {
        expect((await get(client)).Item?.['pk']).toEqual({ S: 'ü' });
      }
      expect(new Set(secure.seen.map(({ connection }) => connection)).size).toBe(1);
    } finally {
      setDefaultCACertificates(trusted);
      await secure.stop();
    }
  });
});
