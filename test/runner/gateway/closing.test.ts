import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { clientOf, startTestApi } from './test-gateway.ts';

const kilobytes = (count: number): string => 'x'.repeat(count * 1024);

describe('the size of frames and messages', () => {
  test('a frame may have 32 KB and a message 128 KB', async () => {
    const { connect } = await startTestApi();
    const { socket, next } = clientOf(await connect());
    socket.send(kilobytes(32));
    expect(await next()).toHaveLength(32 * 1024);
    for (const fin of [false, false, false, true]) {
      socket.send(kilobytes(32), { fin });
    }
    expect(await next()).toHaveLength(128 * 1024);
  });

  test.each([32 * 1024 + 1, 70 * 1024, 200 * 1024])(
    'a frame of %i bytes closes the connection with 1009 and reaches no function',
    async (bytes) => {
      const seen: number[] = [];
      const { connect } = await startTestApi({
        functions: {
          message: ({ body }) => {
            seen.push(body.length);
            return { statusCode: 200 };
          },
        },
      });
      const { socket, closed } = clientOf(await connect());
      socket.send('small');
      socket.send('x'.repeat(bytes));
      expect(await closed).toMatchObject({ code: 1009 });
      expect(seen).toEqual([5]);
    },
  );

  test('a message over 128 KB in frames of 32 KB closes the connection with 1009', async () => {
    const { connect } = await startTestApi();
    const { socket, closed } = clientOf(await connect());
    for (const fin of [false, false, false, false, true]) {
      socket.send(kilobytes(32), { fin });
    }
    expect(await closed).toMatchObject({ code: 1009 });
  });
});

test('a binary message closes the connection with 1003', async () => {
  const { connect } = await startTestApi();
  const { socket, closed } = clientOf(await connect());
  socket.send(Buffer.from([1, 2, 3]));
  expect(await closed).toMatchObject({ code: 1003 });
});

test('a connection that is reset ends like any other and disturbs nobody', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const { connect } = await startTestApi({
    functions: { disconnect: ({ requestContext }) => resolve(requestContext) },
  });
  const { socket } = clientOf(await connect());
  const raw: Socket = Reflect.get(socket, '_socket');
  raw.resetAndDestroy();
  expect(await promise).toMatchObject({ eventType: 'DISCONNECT', disconnectStatusCode: 1006 });
});

describe('time', () => {
  test('an idle connection is closed after a while, and pings do not keep it open', async () => {
    const { connect } = await startTestApi({ options: { idleMilliseconds: 150 } });
    /** How many pings of a connection were answered before it was closed. */
    const pongsUntilClosed = async () => {
      const { socket, closed } = clientOf(await connect());
      let pongs = 0;
      socket.on('pong', () => {
        pongs += 1;
      });
      const pings = setInterval(() => socket.ping(), 20);
      socket.ping();
      expect(await closed).toEqual({ code: 1001, reason: 'Going away' });
      clearInterval(pings);
      return pongs;
    };
    // A busy machine may not come to a ping before the connection is closed.
    await expect.poll(pongsUntilClosed).toBeGreaterThan(0);
  });

  test('a connection whose client answers nothing any more is cut soon after it was closed', async () => {
    const ended = Promise.withResolvers<void>();
    const { connect } = await startTestApi({
      options: { idleMilliseconds: 50 },
      functions: { disconnect: () => ended.resolve() },
    });
    const { socket, closed } = clientOf(await connect());
    const raw: Socket = Reflect.get(socket, '_socket');
    raw.pause();

    // It is over for the gateway although the client never answers the close, nor ends its side of the connection.
    await ended.promise;
    raw.resume();
    await closed;
    expect(raw.destroyed).toBe(true);
  });

  test('even a busy connection is closed in the end', async () => {
    const { connect } = await startTestApi({ options: { connectionMilliseconds: 200 } });
    const { socket, closed } = clientOf(await connect());
    const messages = setInterval(() => socket.send('busy'), 20);
    expect(await closed).toEqual({ code: 1001, reason: 'Going away' });
    clearInterval(messages);
  });
});

describe('$disconnect', () => {
  const startWatched = async (options = {}) => {
    const ends: Record<string, unknown>[] = [];
    const started = await startTestApi({
      options,
      functions: {
        disconnect: ({ requestContext }) => {
          ends.push(requestContext);
        },
      },
    });
    return { ...started, ends };
  };

  test('$disconnect states why the connection ended', async () => {
    const { connect, ends } = await startWatched();
    clientOf(await connect()).socket.close(1000, 'done');
    await expect
      .poll(() => ends)
      .toMatchObject([{ disconnectStatusCode: 1000, disconnectReason: 'done' }]);
    clientOf(await connect()).socket.terminate();
    await expect.poll(() => ends[1]).toMatchObject({ disconnectStatusCode: 1006 });
  });

  test('$disconnect also comes for a connection that the gateway closed', async () => {
    const { connect, ends } = await startWatched({ idleMilliseconds: 50 });
    clientOf(await connect());
    await expect
      .poll(() => ends)
      .toMatchObject([{ disconnectStatusCode: 1001, disconnectReason: 'Going away' }]);
  });

  test('$disconnect may come late, after the charger has reconnected', async () => {
    const connectedAgain = Promise.withResolvers<void>();
    const { connect, ends } = await startWatched({
      deliverDisconnect: async (run: () => Promise<void>) => {
        await connectedAgain.promise;
        await run();
      },
    });
    const { socket, closed } = clientOf(await connect());
    socket.close();
    await closed;
    clientOf(await connect());
    expect(ends).toHaveLength(0);
    connectedAgain.resolve();
    await expect.poll(() => ends.length).toBe(1);
  });

  test('$disconnect may never come', async () => {
    const { api, connect, ends } = await startWatched({ deliverDisconnect: async () => {} });
    const { socket, closed } = clientOf(await connect());
    socket.close();
    await closed;
    await api.stop();
    expect(ends).toHaveLength(0);
  });
});

describe('a stop', () => {
  test('a stop finishes work in progress, closes with 1001 and runs $disconnect', async () => {
    const ends: unknown[] = [];
    const inWork = Promise.withResolvers<void>();
    const stopBegan = Promise.withResolvers<void>();
    const { api, connect } = await startTestApi({
      functions: {
        message: async ({ body }) => {
          inWork.resolve();
          await stopBegan.promise;
          return { statusCode: 200, body };
        },
        disconnect: () => {
          ends.push('disconnected');
        },
      },
    });
    const { socket, next, closed } = clientOf(await connect());
    socket.send('in work');
    await inWork.promise;
    const stopped = api.stop();
    stopBegan.resolve();
    await stopped;
    expect(await next()).toBe('in work');
    expect(await closed).toMatchObject({ code: 1001 });
    expect(ends).toHaveLength(1);
    expect(await connect()).toMatchObject({ kind: 'refused', status: 503 });
  });

  test('a stop does not wait for a charger that never answers the close', async () => {
    const { api, connect } = await startTestApi();
    const { socket } = clientOf(await connect());
    socket.pause();
    // The time that a test may take is shorter than the one that a client may take for its answer to a close.
    await expect(api.stop()).resolves.toBeUndefined();
  });
});
