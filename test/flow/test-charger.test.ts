import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { plugIn } from './test-charger.ts';

const command = '[2,"1","ClearCache",{}]';

/** The answer to a handshake, with a text frame in the same packet (RFC 6455 sections 1.3 and 5.2). */
const welcome = (handshake: string): Buffer => {
  const key = /sec-websocket-key: (.*)\r/i.exec(handshake)?.[1] ?? '';
  const accept = createHash('sha1')
    .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  const head = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(head),
    Buffer.from([0x81, command.length]),
    Buffer.from(command),
  ]);
};

const sockets: Socket[] = [];
const server = createServer((socket) => {
  sockets.push(socket);
  socket.once('data', (data) => socket.write(welcome(String(data))));
});

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

it('a charger of the tests hears a command that comes in one packet with the answer to its handshake', async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const charger = await plugIn({ url: `ws://127.0.0.1:${port}`, path: '/ocpp/CP-1' });
  await expect.poll(() => charger.received).toEqual([command]);
  expect(charger.protocol).toBe('ocpp1.6');
});
