import { setTimeout as pause } from 'node:timers/promises';
import { CommandError } from './command-error.ts';
import type { StackAccess } from './stack-access.ts';

/** An answer of the operator API: its status and its JSON body. */
export type ApiAnswer = { readonly status: number; readonly body: unknown };

/** How often a call is sent that the API has no room for at the moment. */
const mostAttempts = 5;

/** Calls the operator API and gives status and body, whatever the status is; waits where the API says to come later. */
export const callApi = async (
  access: StackAccess,
  method: string,
  path: string,
  body?: object,
): Promise<ApiAnswer> => {
  const { status, text } = await exchangePatiently(`${access.http}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${access.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new CommandError(
      'CLI_API_UNREACHABLE',
      `${access.http} does not answer: ${reason(cause)}.`,
    );
  });
  return { status, body: text === '' ? null : parsed(text, access.http) };
};

const exchangePatiently = async (
  url: string,
  request: RequestInit,
  attempt = 1,
): Promise<{ readonly status: number; readonly text: string }> => {
  const response = await fetch(url, request);
  const text = await response.text();
  if (response.status !== 429 || attempt >= mostAttempts) return { status: response.status, text };
  // Without the header API Gateway itself refused.
  await pause(1000 * Number(response.headers.get('retry-after') ?? attempt));
  return await exchangePatiently(url, request, attempt + 1);
};

const parsed = (text: string, http: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(
      'CLI_API_UNREACHABLE',
      `${http} answers, but with no JSON: it is no operator API.`,
    );
  }
};

/** Calls the operator API and gives the body; an error of the API becomes a CommandError with its code and message. */
export const askApi = async <T>(
  access: StackAccess,
  method: string,
  path: string,
  body?: object,
): Promise<T> => {
  const answer = await callApi(access, method, path, body);
  if (answer.status < 300) return answer.body as T;
  const error = (answer.body ?? {}) as { code?: string; message?: string };
  throw new CommandError(
    error.code ?? `HTTP_${answer.status}`,
    error.message ?? `${method} ${path} was answered with HTTP ${answer.status}.`,
  );
};

/** Walks a list of the operator API page by page to its end. */
export async function* listApi<T>(access: StackAccess, path: string): AsyncGenerator<T> {
  const separator = path.includes('?') ? '&' : '?';
  let cursor: string | null = null;
  do {
    const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: unknown = await askApi(access, 'GET', `${path}${separator}limit=100${from}`);
    if (!isPage<T>(page) || page.nextCursor === (cursor ?? '')) {
      throw new CommandError(
        'CLI_API_NO_LIST',
        `${access.http}${path} is not answered with a list.`,
      );
    }
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };

const isPage = <T>(page: unknown): page is Page<T> => {
  const { items, nextCursor } = Object(page) as Partial<Page<T>>;
  return Array.isArray(items) && (nextCursor === null || typeof nextCursor === 'string');
};

const reason = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
};
