import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { openLine } from '../../../lambdas/canary/ocpp-line.ts';

const patience = 150_000;

let server: WebSocketServer;
let url: string;
/** Answers a message of the canary, or does not. */
let answer: (socket: WebSocket, text: string) => void;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/cp/token`;
  server.on('connection', (socket) => {
    socket.on('message', (data) => answer(socket, String(data)));
  });
});

afterEach(() => {
  for (const socket of server.clients) socket.terminate();
  server.close();
});

const idOf = (text: string): string => JSON.parse(text)[1];

describe('the line of the canary', () => {
  it('an answer belongs to the call whose id it has, in whatever order answers come', async () => {
    const asked: string[] = [];
    answer = (socket, text) => {
      asked.push(idOf(text));
      if (asked.length < 2) return;
      for (const id of asked.toReversed()) socket.send(JSON.stringify([3, id, { id }]));
    };
    const line = await openLine(url, patience);

    const answers = await Promise.all([line.call('Heartbeat', {}), line.call('Heartbeat', {})]);

    expect(answers).toEqual(asked.map((id) => ({ id })));
    line.close();
  });

  it.each<[string, typeof answer, string]>([
    [
      'a CALLERROR',
      (socket, text) => socket.send(JSON.stringify([4, idOf(text), 'InternalError', 'broken', {}])),
      'Heartbeat: InternalError broken',
    ],
    ['an end of the connection', (socket) => socket.close(), 'Heartbeat: the connection was lost'],
  ])(
    '%s is said in a sentence with the message that was not answered',
    async (_what, does, sentence) => {
      answer = does;
      const line = await openLine(url, patience);

      await expect(line.call('Heartbeat', {})).rejects.toThrow(sentence);
      line.close();
    },
  );

  it('silence is said in a sentence with the message that was not answered, and how long was waited', async () => {
    answer = () => undefined;
    const line = await openLine(url, patience);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const failed = expect(line.call('Heartbeat', {})).rejects.toThrow(
      'Heartbeat: no answer in 150000 ms',
    );
    vi.advanceTimersByTime(patience);
    await failed;
    line.close();
  });

  it('a command to the canary is answered, so that none waits for it', async () => {
    const answered = new Promise<string>((resolve) => {
      answer = (socket, text) => {
        if (JSON.parse(text)[0] === 2) socket.send('[2,"c1","GetConfiguration",{}]');
        else resolve(text);
      };
    });
    const line = await openLine(url, patience);
    const heartbeat = line.call('Heartbeat', {}).catch(() => undefined);

    expect(JSON.parse(await answered)).toEqual([4, 'c1', 'NotSupported', '', {}]);
    line.close();
    await heartbeat;
  });

  it('a handshake that is refused, or that nobody takes, is said as such', async () => {
    server.close();
    for (const socket of server.clients) socket.terminate();

    await expect(openLine(url, patience)).rejects.toThrow('the handshake was refused');
  });
});
