import { createClient } from '../../clients/typescript/create-client.ts';
import { expectDescribed } from '../lambdas/expect-described.ts';

/** An answer of the operator API. */
export type Answer<T = Record<string, unknown>> = { readonly status: number; readonly body: T };

/** One operator's way into the API of a running stack. */
export type OperatorClient = {
  readonly get: <T = Record<string, unknown>>(path: string) => Promise<Answer<T>>;
  readonly post: <T = Record<string, unknown>>(path: string, body: unknown) => Promise<Answer<T>>;
  readonly put: <T = Record<string, unknown>>(path: string, body: unknown) => Promise<Answer<T>>;
  readonly patch: <T = Record<string, unknown>>(path: string, body: unknown) => Promise<Answer<T>>;
  readonly remove: (path: string) => Promise<Answer>;
};

/** Calls the API at `http` with an API key; none at all when it is undefined. A refusal is an answer like any other. */
export const operatorClient = (http: string, apiKey: string | undefined): OperatorClient => {
  const client = createClient({ url: http, apiKey, mostAttempts: 1 });
  const call = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const { status, body: given } = await client.send(method, path, body);
    expectDescribed(method, path, { status, body: given });
    return { status, body: (given ?? {}) as T };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    remove: (path) => call('DELETE', path),
  };
};
