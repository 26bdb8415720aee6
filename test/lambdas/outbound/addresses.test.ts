import { createServer, request as requestHttp, type Server } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { urlProblem } from '../../../lambdas/outbound/check-url.ts';
import {
  guardedAgents,
  guardedLookup,
  type Resolve,
} from '../../../lambdas/outbound/guarded-agent.ts';
import { createPostText } from '../../../lambdas/outbound/post-text.ts';
import { isPublicAddress } from '../../../lambdas/outbound/public-address.ts';

let server: Server;
let port = 0;
let requests = 0;
let connections = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    if (request.url === '/redirect') response.writeHead(302, { location: '/' }).end();
    else if (request.url === '/endless') {
      response.writeHead(200);
      const more = setInterval(() => response.write('x'.repeat(60_000)), 1);
      response.on('close', () => clearInterval(more));
    } else if (request.url === '/emoji') response.end(`${'x'.repeat(1_023)}😀`);
    else if (request.url !== '/silent') response.end('ok');
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Resolves every name to these addresses. */
const resolving =
  (addresses: readonly string[]): Resolve =>
  (_name, _options, callback) => {
    const family = (address: string): number => (address.includes(':') ? 6 : 4);
    callback(
      null,
      addresses.map((address) => ({ address, family: family(address) })),
    );
  };

const special = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
];

it.each(special)('%s is no address that we connect to, as it is or in a URL', (address) => {
  const host = address.includes(':') ? `[${address.replace(/%.*/, '')}]` : address;

  expect(isPublicAddress(address)).toBe(false);
  expect(urlProblem(`https://${host}/`, false)).toBe('ADDRESS_NOT_PUBLIC');
});

it('public addresses are connected to, and every private one of IPv4 is refused in each of its spellings', () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1']) {
    expect([address, isPublicAddress(address)]).toEqual([address, true]);
  }
  fc.assert(
    fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (b, c, d) => {
      const number = 10 * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
      for (const host of [
        String(number),
        `0x${number.toString(16)}`,
        `10.${b * 65_536 + c * 256 + d}`,
      ]) {
        expect(urlProblem(`https://${host}/`, false)).toBe('ADDRESS_NOT_PUBLIC');
      }
    }),
  );
});

it.each([
  ['http://example.com/', 'NOT_HTTPS'],
  ['ftp://example.com/', 'NOT_HTTPS'],
  ['file:///etc/passwd', 'NOT_HTTPS'],
  ['https://user:secret@example.com/', 'HAS_CREDENTIALS'],
  ['https://example.com:22/', 'PORT_NOT_ALLOWED'],
  ['https://localhost/', 'ADDRESS_NOT_PUBLIC'],
  ['https://a.localhost./', 'ADDRESS_NOT_PUBLIC'],
  ['https://0x7f.1/', 'ADDRESS_NOT_PUBLIC'],
  ['https://2130706433/', 'ADDRESS_NOT_PUBLIC'],
  ['example.com', 'NOT_A_URL'],
])('nothing is sent to %s (%s)', async (url, problem) => {
  expect(urlProblem(url, false)).toBe(problem);
  const posted = await createPostText({ allowLoopback: false })(url, {}, '{}');
  expect(posted).toEqual({ kind: 'failed', code: problem });
});

/** The hosts that a connection was measured to take without a lookup, and names that resolve to what is not public. */
const forms = [
  '127.0.0.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '127.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::7f00:1]',
  '[64:ff9b::7f00:1]',
  '[fd00:ec2::254]',
  '169.254.169.254',
  'resolves-to-loopback.example',
  'localhost',
];

it.each(forms.flatMap((host) => [['http', host] as const, ['https', host] as const]))(
  'the connection of %s itself refuses %s: an address without a lookup, a name by its lookup',
  async (protocol, host) => {
    const before = connections;
    const agents = guardedAgents({ allowLoopback: false, resolve: resolving(['127.0.0.1']) });
    const { promise, resolve } = Promise.withResolvers<Error>();
    const url = new URL(`${protocol}://${host}:${port}/`);
    const sent = (protocol === 'http' ? requestHttp : requestHttps)(url, {
      agent: agents[protocol],
    });
    sent.on('error', resolve);
    sent.on('response', () => resolve(new Error('connected')));
    sent.end();

    expect((await promise).name).toBe('AddressRefused');
    expect(connections).toBe(before);
  },
);

it.each(['http', 'https'] as const)(
  'a name that resolves to something else at the next connection of %s is refused there, and the first one uses what was checked',
  async (protocol) => {
    const before = connections;
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const seen: string[] = [];
    const agents = guardedAgents({
      allowLoopback: true,
      resolve: (name, options, callback) => {
        seen.push(name);
        resolving(answers[seen.length - 1] ?? [])(name, options, callback);
      },
    });
    const outcomeOf = async (): Promise<string> => {
      const { promise, resolve } = Promise.withResolvers<string>();
      const sent = (protocol === 'http' ? requestHttp : requestHttps)(
        new URL(`${protocol}://rebind.example:${port}/`),
        { agent: agents[protocol], headers: { connection: 'close' } },
      );
      sent.on('error', ({ name }) => resolve(name));
      sent.on('response', (response) => {
        response.resume();
        resolve('connected');
      });
      sent.end();
      return await promise;
    };

    // The server speaks no TLS: what it gets shows that it was connected to.
    expect(await outcomeOf()).toBe(protocol === 'http' ? 'connected' : 'Error');
    expect(connections).toBe(before + 1);
    expect(await outcomeOf()).toBe('AddressRefused');
    expect(seen).toEqual(['rebind.example', 'rebind.example']);
    expect(connections).toBe(before + 1);
  },
);

it('a name that resolves to an address that is not public is refused when it is connected to, also beside a public one', async () => {
  for (const addresses of [['127.0.0.1'], ['::1'], ['8.8.8.8', '10.0.0.1'], ['169.254.169.254']]) {
    const post = createPostText({ allowLoopback: false, resolve: resolving(addresses) });
    expect(await post('https://rebind.example/', {}, '{}')).toEqual({
      kind: 'failed',
      code: 'ADDRESS_REFUSED',
    });
  }
});

it('a name is looked up for each connection, and the connection uses the addresses that were checked', async () => {
  const seen: string[] = [];
  const lookup = guardedLookup({
    allowLoopback: false,
    resolve: (name, options, callback) => {
      seen.push(name);
      resolving(seen.length === 1 ? ['8.8.8.8'] : ['10.0.0.1'])(name, options, callback);
    },
  });
  const look = async () =>
    await new Promise<unknown>((done) => {
      lookup('rebind.example', { all: true }, (error, addresses) => done(error ?? addresses));
    });

  expect(await look()).toEqual([{ address: '8.8.8.8', family: 4 }]);
  expect(await look()).toMatchObject({ name: 'AddressRefused' });
});

it('with the option of the local stack this machine is reached by http, and nothing else that is private', async () => {
  const post = createPostText({ allowLoopback: true });

  expect(await post(`http://127.0.0.1:${port}/`, {}, '{}')).toMatchObject({
    status: 200,
    body: 'ok',
  });
  for (const url of ['http://10.0.0.1/', 'https://169.254.169.254/', 'http://example.com/']) {
    expect((await post(url, {}, '{}')).kind).toBe('failed');
  }
});

it('the hub of the deployment is reached at our own address, and nothing beside it', async () => {
  const own = `http://127.0.0.1:${port}/ocpi/hub/`;
  const post = createPostText({ allowLoopback: false, own });

  expect(await post(`${own}emsp/2.3.0/cdrs`, {}, '{}')).toMatchObject({ status: 200 });
  const beside = [
    `http://127.0.0.1:${port}/ocpi/versions`,
    `${own}../versions`,
    `${own}%2e%2e/versions`,
    `http://name:secret@127.0.0.1:${port}/ocpi/hub/`,
    `http://127.0.0.1:${port}0/ocpi/hub/`,
    'http://10.0.0.1/ocpi/hub/',
  ];
  const before = requests;
  for (const url of beside) expect((await post(url, {}, '{}')).kind).toBe('failed');
  expect(requests).toBe(before);
  expect(urlProblem('https://ours.example/ocpi/hub/', false, '/hub/')).toBeUndefined();
  expect(urlProblem('http://127.0.0.1/hub/', false, '/hub/')).toBe('NOT_HTTPS');
});

it('a redirect is not followed', async () => {
  const before = requests;
  const posted = await createPostText({ allowLoopback: true })(
    `http://127.0.0.1:${port}/redirect`,
    {},
    '{}',
  );

  expect(posted).toMatchObject({ kind: 'answered', status: 302 });
  expect(requests).toBe(before + 1);
});

it('an answer without end is cut off, and a receiver that never answers is given up', async () => {
  const patient = createPostText({ allowLoopback: true }, 150_000);
  const endless = await patient(`http://127.0.0.1:${port}/endless`, {}, '{}');

  expect(endless).toMatchObject({ kind: 'answered', status: 200 });
  expect(endless.kind === 'answered' && endless.body.length).toBe(1024);
  const impatient = createPostText({ allowLoopback: true }, 300);
  expect(await impatient(`http://127.0.0.1:${port}/silent`, {}, '{}')).toEqual({
    kind: 'failed',
    code: 'TIMEOUT',
  });
});

it('an answer is kept without half of a character where it is cut off: no database takes halves', async () => {
  const post = createPostText({ allowLoopback: true });
  const posted = await post(`http://127.0.0.1:${port}/emoji`, {}, '{}');

  expect(posted).toMatchObject({ kind: 'answered', status: 200, body: 'x'.repeat(1_023) });
});
