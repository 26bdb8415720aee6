import { CommandError } from './command-error.ts';
import type { StackAccess } from './stack-access.ts';
import { ApiError, type ErrorDetail } from './typescript/api-error.ts';
import { type Client, createClient } from './typescript/create-client.ts';

/** An answer of the operator API: its status and its JSON body. */
export type ApiAnswer = { readonly status: number; readonly body: unknown };

/** The operator API of a stack as commands call it: whatever it refuses, or fails to answer, is a CommandError. */
export const operatorApi = (access: StackAccess): Client => {
  const client = createClient({ url: access.http, apiKey: access.apiKey });
  const fail = (cause: unknown): never => {
    throw commandErrorOf(access, cause);
  };
  return {
    call: (key, ...given) => client.call(key, ...given).catch(fail),
    list: async function* (key, ...given) {
      try {
        yield* client.list(key, ...given);
      } catch (cause) {
        fail(cause);
      }
    },
    exchange: (key, ...given) => client.exchange(key, ...given).catch(fail),
    send: (method, path, body) => client.send(method, path, body).catch(fail),
  };
};

function commandErrorOf({ http }: StackAccess, cause: unknown): CommandError {
  if (cause instanceof CommandError) return cause;
  if (!(cause instanceof ApiError)) {
    return new CommandError('CLI_API_UNREACHABLE', `${http} does not answer: ${reason(cause)}.`);
  }
  switch (cause.code) {
    case 'NO_JSON':
      return noJson(http);
    case 'NO_LIST':
      return new CommandError('CLI_API_NO_LIST', `${http} answers with something that is no list.`);
    default:
      return new CommandError(cause.code, withDetails(cause.message, cause.details));
  }
}

/** A message with each thing that is wrong by its path: it says that details name them, and the line of a command has no others. */
const withDetails = (message: string, details: readonly ErrorDetail[] = []): string =>
  [message, ...details.map(({ path, message: what }) => `${path}: ${what}`)].join(' ');

const noJson = (http: string): CommandError =>
  new CommandError(
    'CLI_API_UNREACHABLE',
    `${http} answers, but with no JSON: it is no operator API.`,
  );

/** Calls the operator API by a path that is known at run time alone, and gives status and body, whatever the status is. */
export const callApi = async (
  access: StackAccess,
  method: string,
  path: string,
  body?: object,
): Promise<ApiAnswer> => {
  const answer = await operatorApi(access).send(method, path, body);
  if (typeof answer.body === 'string') throw noJson(access.http);
  return { status: answer.status, body: answer.body ?? null };
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
  const error = (answer.body ?? {}) as {
    readonly code?: string;
    readonly message?: string;
    readonly details?: readonly ErrorDetail[];
  };
  throw new CommandError(
    error.code ?? `HTTP_${answer.status}`,
    withDetails(
      error.message ?? `${method} ${path} was answered with HTTP ${answer.status}.`,
      error.details,
    ),
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
