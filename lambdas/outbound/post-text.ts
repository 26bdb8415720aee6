import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { urlProblem } from './check-url.ts';
import { AddressRefused, type Guard, guardedAgents } from './guarded-agent.ts';

/** The outcome of a request to somebody else's server. */
export type Posted =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** The beginning of the body. */
      readonly body: string;
    }
  | {
      readonly kind: 'failed';
      /** `TIMEOUT`, `ADDRESS_REFUSED`, a problem of the URL, or the code of the network's error. */
      readonly code: string;
    };

/** Sends a text by POST. */
export type PostText = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<Posted>;

/** Bytes of an answer that are read; a longer one is cut off. */
const mostBytes = 65_536;
/** Characters of it that are kept. */
const mostCharacters = 1_024;

const codeOf = (error: unknown): string => {
  if (error instanceof AddressRefused) return 'ADDRESS_REFUSED';
  if (!(error instanceof Error)) return 'FAILED';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'TIMEOUT';
  return 'code' in error ? String(error.code) : error.name;
};

/**
 * Makes a way to send texts to public addresses: neither redirects nor proxies are followed, and an attempt ends after so many ms,
 * whatever the receiver does.
 */
export function createPostText(guard: Guard, mostMilliseconds = 15_000): PostText {
  const agents = guardedAgents(guard);
  return async (url, headers, body) => {
    const problem = urlProblem(url, guard.allowLoopback);
    if (problem !== undefined) return { kind: 'failed', code: problem };
    const isHttps = new URL(url).protocol === 'https:';
    const { promise, resolve } = Promise.withResolvers<Posted>();
    const fail = (error: unknown): void => resolve({ kind: 'failed', code: codeOf(error) });
    const signal = AbortSignal.timeout(mostMilliseconds);
    const request = (isHttps ? requestHttps : requestHttp)(
      url,
      {
        method: 'POST',
        agent: isHttps ? agents.https : agents.http,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
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
            body: Buffer.concat(chunks).toString('utf8').slice(0, mostCharacters),
          });
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes <= mostBytes) chunks.push(chunk);
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
    request.end(body);
    return await promise;
  };
}
