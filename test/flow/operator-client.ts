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

/** Calls the API at `http` with an API key; none at all when it is undefined. */
export const operatorClient = (http: string, apiKey: string | undefined): OperatorClient => {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const response = await fetch(`${http}${path}`, {
      method,
      headers: {
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expectDescribed(method, path, {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
    });
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    remove: (path) => call('DELETE', path),
  };
};
