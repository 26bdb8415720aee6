import type { ReadOptions } from './options.ts';

/** An answer of the operator API as it came. */
export type Exchange = {
  readonly status: number;
  readonly headers: Headers;
  /** Its JSON; undefined where it has none, the text where it is no JSON. */
  readonly body: unknown;
};

type Sent = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** Sends a request; one that was refused with 429 again after the seconds that the answer names. */
export async function exchange(
  options: ReadOptions,
  method: string,
  path: string,
  sent: Sent,
  attempt = 1,
): Promise<Exchange> {
  const { url, apiKey, mostAttempts } = options;
  const response = await options.fetch(`${url}${path}`, {
    method,
    headers: {
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...sent.headers,
    },
    ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
  });
  const text = await response.text();
  const { status, headers } = response;
  if (status !== 429 || attempt >= mostAttempts) {
    return { status, headers, body: text === '' ? undefined : parsed(text) };
  }
  // Without the header API Gateway itself refused.
  const seconds = Number(headers.get('retry-after') ?? attempt);
  await options.wait(1000 * seconds);
  return await exchange(options, method, path, sent, attempt + 1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
