import type { ClientRequest, IncomingMessage } from 'node:http';

/** How long the other side may take, in ms. */
export type Patience = {
  /** Until there is a connection. */
  readonly connection: number;
  /** Until the answer is whole. */
  readonly answer: number;
};

/** An answer and all bytes of its body. */
export type WholeAnswer = { readonly message: IncomingMessage; readonly body: Uint8Array };

/** Codes of failures that the SDK takes for a request that took too long. */
const timeoutCodes: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

const asClassed = (error: Error & { readonly code?: string }): Error =>
  timeoutCodes.has(error.code) ? Object.assign(error, { name: 'TimeoutError' }) : error;

/** A failure that the SDK takes for a request that took too long, and therefore tries again. */
const timeoutError = (message: string, code?: string): Error =>
  Object.assign(new Error(message), { name: 'TimeoutError' }, code === undefined ? {} : { code });

/** Gives up on a request that has no connection in time; one over a connection of before needs no timer for it. */
function watchConnection(
  asked: ClientRequest,
  within: number,
  fail: (error: Error) => void,
): NodeJS.Timeout | undefined {
  if (asked.reusedSocket) return undefined;
  const timer = setTimeout(() => {
    const which = asked.socket === null ? 'free connection' : 'connection';
    fail(timeoutError(`No ${which} to the database within ${within} ms`));
  }, within);
  asked.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', () => clearTimeout(timer));
    else clearTimeout(timer);
  });
  return timer;
}

/** Hands over the body of an answer when it is whole. */
function gather(
  message: IncomingMessage,
  done: (body: Uint8Array) => void,
  fail: (error: Error) => void,
): void {
  const parts: Buffer[] = [];
  message.on('data', (part: Buffer) => parts.push(part));
  message.on('end', () =>
    done(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)),
  );
  // Node says it of one that breaks off, with the code ECONNRESET.
  message.on('error', (error) => fail(asClassed(error)));
}

const abortError = ({ reason }: AbortSignal): Error =>
  Object.assign(new Error('Request aborted', { cause: reason }), { name: 'AbortError' });

/**
 * Sends a request that `begin` makes with its body, and waits for its whole answer. A failure has the name and the code that the SDK's own
 * handler gives it, by which the SDK tries again.
 */
export async function askWhole(
  begin: () => ClientRequest,
  body: Uint8Array | string,
  patience: Patience,
  signal?: AbortSignal,
): Promise<WholeAnswer> {
  if (signal?.aborted) throw abortError(signal);
  return await new Promise((resolve, reject) => {
    const asked = begin();
    const settle = (): void => {
      clearTimeout(waiting);
      clearTimeout(connecting);
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error: Error): void => {
      settle();
      // One that waits for a connection says nothing of its end.
      reject(error);
      asked.destroy();
    };
    const abort = (): void => fail(abortError(signal as AbortSignal));
    const waiting = setTimeout(() => {
      const text = `No answer of the database within ${patience.answer} ms`;
      fail(timeoutError(text, 'ETIMEDOUT'));
    }, patience.answer);
    const connecting = watchConnection(asked, patience.connection, fail);
    signal?.addEventListener('abort', abort, { once: true });
    let hasBegun = false;
    asked.on('response', (message) => {
      hasBegun = true;
      const done = (whole: Uint8Array): void => {
        settle();
        resolve({ message, body: whole });
      };
      gather(message, done, fail);
    });
    // The answer says itself how it ends once it has begun.
    asked.on('error', (error) => {
      if (!hasBegun) fail(asClassed(error));
    });
    asked.end(body);
  });
}
