import { createServer, type Server, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createRequestText } from '../../../lambdas/outbound/request-text.ts';

/** The address of a server that does with each connection, once it got something, what it is given. */
async function addressOf(act: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => act(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

const post = async (url: string, milliseconds: number) => {
  const request = createRequestText({ allowLoopback: true }, { milliseconds, bytes: 1_000 });
  const headers = { 'content-type': 'application/json' };
  return await request({ method: 'POST', url, headers, body: '{}' });
};

const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';
const head = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n';

it.each<[string, (socket: Socket) => void, object]>([
  ['changes the protocol', (socket) => socket.write(upgrade), { kind: 'answered', status: 101 }],
  [
    'changes the protocol and hangs up',
    (socket) => socket.end(upgrade),
    { kind: 'answered', status: 101 },
  ],
  ['hangs up', (socket) => socket.destroy(), { kind: 'failed', code: 'ECONNRESET' }],
  ['ends its side without a word', (socket) => socket.end(), { kind: 'failed' }],
  ['begins an answer and hangs up', (socket) => socket.end(head), { kind: 'failed' }],
  ['talks something else', (socket) => socket.write('SSH-2.0-x\r\n'), { kind: 'failed' }],
  [
    'answers without an end',
    (socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(5_000)}`),
    { kind: 'answered', status: 200 },
  ],
])('a request to a receiver that %s has an outcome before its limit', async (_, act, outcome) => {
  expect(await post(await addressOf(act), 150_000)).toMatchObject(outcome);
});

it.each<[string, (socket: Socket) => void]>([
  ['never answers', () => {}],
  ['begins an answer and stops', (socket) => socket.write(head)],
  [
    'hints at first and answers never',
    (socket) => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'),
  ],
])('a request to a receiver that %s is given up at its limit', async (_, act) => {
  const outcome = { kind: 'failed', code: 'TIMEOUT' };
  expect(await post(await addressOf(act), 400)).toMatchObject(outcome);
});
