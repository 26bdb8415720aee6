import type { Socket } from 'node:net';
import { headerOf } from './answer-head.ts';
import { createAnswerReader, type WireAnswer } from './answer-reader.ts';
import { abortedAnswer, timeoutError } from './timeout-error.ts';

/** How long the other side may take, in ms. */
export type Patience = {
  /** Until there is a connection. */
  readonly connection: number;
  /** Until an answer begins, and then between two parts of it. */
  readonly answer: number;
};

/** A connection that carries one request at a time. */
export type Connection = {
  /** Sends a request and waits for its answer. A failure has the name and the code that the SDK gives it. */
  readonly ask: (request: Buffer) => Promise<WireAnswer>;
  /** Whether it can carry a request now: the other side has neither ended it nor said that it will by now. */
  readonly isUsable: () => boolean;
  readonly close: (error?: Error) => void;
};

type Asked = {
  readonly resolve: (answer: WireAnswer) => void;
  readonly reject: (error: Error) => void;
};

/** Codes of failures that the SDK takes for a request that took too long. */
const timeoutCodes: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

const asClassed = (error: Error & { readonly code?: string }): Error =>
  timeoutCodes.has(error.code) ? Object.assign(error, { name: 'TimeoutError' }) : error;

/** Ms before the moment at which the other side closes: what is sent then may cross its end. */
const margin = 1_000;

/** Until when a connection that is not used stays open, on the clock of `performance`. */
function openUntil({ head }: WireAnswer): number {
  const seconds = /timeout=(\d+)/i.exec(headerOf(head, 'keep-alive') ?? '')?.[1];
  return seconds === undefined
    ? Number.POSITIVE_INFINITY
    : performance.now() + Number(seconds) * 1000 - margin;
}

/** Makes a connection of a socket that is being connected; `lost` is called once, when it can carry no more. */
export function connectionOver(socket: Socket, patience: Patience, lost: () => void): Connection {
  const reader = createAnswerReader();
  let asked: Asked | undefined;
  /** Why it can carry no more. */
  let lostBy: Error | undefined;
  let until = Number.POSITIVE_INFINITY;
  const close = (error?: Error): void => {
    if (lostBy !== undefined) return;
    lostBy =
      error ?? (reader.hasBegun() ? abortedAnswer() : timeoutError('socket hang up', 'ECONNRESET'));
    clearTimeout(connecting);
    clearTimeout(waiting);
    socket.destroy();
    const { reject } = asked ?? {};
    asked = undefined;
    reject?.(lostBy);
    lost();
  };
  const settle = (answer: WireAnswer): void => {
    const { resolve } = asked ?? {};
    asked = undefined;
    // An answer that came before the request was sent leaves bytes behind.
    if (answer.isReusable && socket.writableLength === 0) {
      until = openUntil(answer);
      socket.unref();
    } else close();
    resolve?.(answer);
  };
  const connecting = setTimeout(() => {
    const { connection } = patience;
    if (socket.connecting)
      close(timeoutError(`No connection to the database within ${connection} ms`));
  }, patience.connection);
  // One timer for all requests: it is set again for each, and the socket keeps the process alive.
  const waiting = setTimeout(() => {
    if (asked === undefined) return;
    close(timeoutError(`No answer of the database within ${patience.answer} ms`, 'ETIMEDOUT'));
  }, patience.answer).unref();
  const receive = (bytes: Buffer): void => {
    waiting.refresh();
    try {
      if (asked === undefined) throw new Error('The database says what nobody asked for');
      const answer = reader.take(bytes);
      if (answer !== undefined) settle(answer);
    } catch (error) {
      close(error as Error);
    }
  };
  socket.setNoDelay(true).setKeepAlive(true, 1_000);
  socket.once('connect', () => clearTimeout(connecting));
  socket.on('data', receive);
  socket.on('error', (error) => close(asClassed(error)));
  socket.on('end', () => {
    const answer = reader.end();
    if (answer === undefined) close();
    else settle(answer);
  });
  socket.on('close', () => close());
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (lostBy !== undefined) return reject(lostBy);
        asked = { resolve, reject };
        waiting.refresh();
        socket.ref();
        socket.write(request);
      }),
    isUsable: () => lostBy === undefined && asked === undefined && performance.now() < until,
    close,
  };
}
