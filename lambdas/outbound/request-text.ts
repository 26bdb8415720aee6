import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isUnder, urlProblem } from './check-url.ts';
import { AddressRefused, agentOptions, type Guard, guardedAgents } from './guarded-agent.ts';

/** The outcome of a request to somebody else's server. */
export type Requested =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** As much of the body as is read. */
      readonly body: string;
    }
  | {
      readonly kind: 'failed';
      /** `TIMEOUT`, `ADDRESS_REFUSED`, a problem of the URL, or the code of the network's error. */
      readonly code: string;
    };

/** A request to somebody else's server. */
export type TextRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Ms that this one may take, where that is less than usual. */
  readonly milliseconds?: number | undefined;
};

/** Sends a request and reads its answer as text. */
export type RequestText = (request: TextRequest) => Promise<Requested>;

/** How long an attempt may take, and how many bytes of an answer are read; a longer one is cut off. */
export type RequestBounds = { readonly milliseconds: number; readonly bytes: number };

/** The failure of a request whose connection ended before its answer did. */
const closed = Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' });

const codeOf = (error: unknown): string => {
  if (error instanceof AddressRefused) return 'ADDRESS_REFUSED';
  if (!(error instanceof Error)) return 'FAILED';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'TIMEOUT';
  return 'code' in error ? String(error.code) : error.name;
};

/**
 * Makes a way to send requests to public addresses, and to our own: neither redirects nor proxies are followed, and an attempt ends after so
 * many ms, whatever the receiver does.
 */
export function createRequestText(guard: Guard, bounds: RequestBounds): RequestText {
  const guarded = guardedAgents(guard);
  const ours = { http: new HttpAgent(agentOptions), https: new HttpsAgent(agentOptions) };
  return async ({ method, url, headers, body, milliseconds }) => {
    const problem = urlProblem(url, guard.allowLoopback, guard.own);
    if (problem !== undefined) return { kind: 'failed', code: problem };
    const agents = isUnder(url, guard.own) ? ours : guarded;
    const isHttps = new URL(url).protocol === 'https:';
    const { promise, resolve } = Promise.withResolvers<Requested>();
    const fail = (error: unknown): void => resolve({ kind: 'failed', code: codeOf(error) });
    const signal = AbortSignal.timeout(milliseconds ?? bounds.milliseconds);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = (isHttps ? requestHttps : requestHttp)(
      url,
      {
        method,
        agent: isHttps ? agents.https : agents.http,
        headers: { ...headers, ...length },
        signal,
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        const end = (): void =>
          resolve({
            kind: 'answered',
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
            ),
            body: Buffer.concat(chunks).toString('utf8'),
          });
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes <= bounds.bytes) chunks.push(chunk);
          else {
            end();
            response.destroy();
          }
        });
        response.on('end', end);
        response.on('error', fail);
      },
    );
    request.on('error', fail);
    // Node says neither of these by an error: a receiver that changes the protocol, and a connection that is gone without a word.
    request.on('upgrade', ({ statusCode = 0 }, socket) => {
      socket.destroy();
      resolve({ kind: 'answered', status: statusCode, headers: {}, body: '' });
    });
    signal.addEventListener('abort', () => fail(signal.reason));
    request.on('close', () => fail(closed));
    request.end(body);
    return await promise;
  };
}
