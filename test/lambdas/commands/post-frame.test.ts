import '../quiet.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let server: Server;
let answers: number[] = [];
const sockets = new Set<Socket>();

beforeEach(async () => {
  answers = [];
  sockets.clear();
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const status = answers.shift() ?? 200;
      if (status === 410) response.setHeader('x-amzn-errortype', 'GoneException');
      response.writeHead(status).end();
    });
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'TEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => server.close(closed));
});

describe('the frame of a command', () => {
  it('each frame has a connection of its own, so that none is lost with one that is just being closed', async () => {
    vi.resetModules();
    const { postFrame } = await import('../../../lambdas/commands/post-frame.ts');

    for (const frame of ['[2,"1","Reset",{}]', '[2,"2","Reset",{}]']) {
      expect(await postFrame('c', frame)).toBe('posted');
    }
    answers = [410, 500];
    expect(await postFrame('c', '[2,"3","Reset",{}]')).toBe('gone');
    expect(await postFrame('c', '[2,"4","Reset",{}]')).toBe('unknown');
    expect(sockets.size).toBe(4);
  });
});
