import { ApiError } from './api-error.ts';
import { type Exchange, exchange } from './exchange.ts';
import type { Operations } from './generated/operations.ts';
import { type ClientOptions, readOptions } from './options.ts';

/** A call of the operator API by its route, as in `GET /chargers/{chargerId}`. */
export type RouteKey = keyof Operations;

/** The answer of a call that was done. */
export type AnswerOf<Key extends RouteKey> = Operations[Key]['answer'];

/** The body that a call takes. */
export type BodyOf<Key extends RouteKey> = Operations[Key]['body'];

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? Readonly<Partial<Record<Name, undefined>>>
  : Record<never, never> extends Value
    ? Readonly<Partial<Record<Name, Value>>>
    : undefined extends Value
      ? Readonly<Partial<Record<Name, Value>>>
      : Readonly<Record<Name, Value>>;

/** The arguments of a call: the parameters of its path, its query, its headers and its body. */
export type GivenOf<Key extends RouteKey> = Part<'path', Operations[Key]['path']> &
  Part<'query', Operations[Key]['query']> &
  Part<'headers', Operations[Key]['headers']> &
  Part<'body', Operations[Key]['body']>;

/** The arguments of a call; none where it needs nothing. */
type Arguments<Key extends RouteKey> =
  Record<never, never> extends GivenOf<Key> ? [given?: GivenOf<Key>] : [given: GivenOf<Key>];

/** Calls that list. */
export type ListKey = {
  [Key in RouteKey]: AnswerOf<Key> extends {
    readonly items: readonly unknown[];
    readonly nextCursor: string | null;
  }
    ? Key
    : never;
}[RouteKey];

/** An item of a list. */
export type ItemOf<Key extends ListKey> =
  AnswerOf<Key> extends {
    readonly items: readonly (infer Item)[];
  }
    ? Item
    : never;

/** A client of the operator API of one stack, with one key. */
export type Client = {
  /** Does a call and gives its answer; a refusal is thrown as an ApiError. */
  readonly call: <Key extends RouteKey>(
    key: Key,
    ...given: Arguments<Key>
  ) => Promise<AnswerOf<Key>>;
  /** Gives the items of a list, page by page to its end. */
  readonly list: <Key extends ListKey>(
    key: Key,
    ...given: Arguments<Key>
  ) => AsyncGenerator<ItemOf<Key>, void, undefined>;
  /** Does a call and gives status, headers and body, whatever the status is. */
  readonly exchange: <Key extends RouteKey>(
    key: Key,
    ...given: Arguments<Key>
  ) => Promise<Exchange>;
  /** The same for a method and a path that are known at run time alone. */
  readonly send: (method: string, path: string, body?: unknown) => Promise<Exchange>;
};

type Untyped = {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** Makes a client. It waits where the API says to come later, and repeats. */
export function createClient(options: ClientOptions): Client {
  const read = readOptions(options);
  const send = async (key: string, given: Untyped = {}): Promise<Exchange> => {
    const [method = '', template = ''] = key.split(' ');
    return await exchange(read, method, `${pathOf(template, given.path)}${queryOf(given.query)}`, {
      headers: given.headers ?? {},
      body: given.body,
    });
  };
  const call = async (key: string, given?: Untyped): Promise<unknown> => {
    const answer = await send(key, given);
    if (answer.status >= 300) throw new ApiError(key, answer);
    if (typeof answer.body === 'string') throw new ApiError(key, answer, 'NO_JSON');
    return answer.body;
  };
  async function* list(key: string, given: Untyped = {}) {
    let cursor: string | null = null;
    do {
      const query: Untyped['query'] = {
        limit: 100,
        ...given.query,
        ...(cursor === null ? {} : { cursor }),
      };
      const page = await call(key, { ...given, query });
      if (!isPage(page) || (cursor !== null && page.nextCursor === cursor)) {
        throw new ApiError(key, { status: 200, headers: new Headers(), body: page }, 'NO_LIST');
      }
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return {
    call,
    list,
    exchange: send,
    send: (method, path, body) => exchange(read, method, path, { headers: {}, body }),
    // The types of each call are those of its route.
  } as Client;
}

type Page = { readonly items: readonly unknown[]; readonly nextCursor: string | null };

const isPage = (page: unknown): page is Page => {
  const { items, nextCursor } = Object(page) as Partial<Page>;
  return Array.isArray(items) && (nextCursor === null || typeof nextCursor === 'string');
};

const pathOf = (template: string, path: Untyped['path'] = {}): string =>
  template.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(path[name] ?? ''));

function queryOf(query: Untyped['query'] = {}): string {
  const given = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)]);
  const text = new URLSearchParams(given).toString();
  return text === '' ? '' : `?${text}`;
}
