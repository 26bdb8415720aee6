import * as z from 'zod';
import type { Listed, ListRequest } from '../store/table/listed.ts';
import { type Answer, type Detail, done, type Refused, refused } from './answer.ts';
import type { IsSeen } from './entity-tag.ts';
import type { KeepAnswer } from './keep-answer.ts';
import { page, pageOf, pageQuery, readPage } from './page.ts';

/** The methods that routes have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A call of an API as data: enough to route it, to serve it and to describe it. */
export type Route<Caller, Code extends string> = {
  readonly method: Method;
  /** Path with parameters in braces. */
  readonly path: string;
  /** One sentence for the reader of the API's description. */
  readonly summary: string;
  /** The right that a caller needs. */
  readonly scope: string;
  readonly query: z.ZodType;
  /** Absent where the call takes no body. */
  readonly body?: z.ZodType;
  /** A body that the call takes. */
  readonly example?: unknown;
  /** The status of a call that was done. */
  readonly status: 200 | 201 | 202 | 204;
  /** Body of a successful response; absent with 204. */
  readonly response?: z.ZodType;
  /** JSON unless stated; a body of another type is text. */
  readonly mediaType?: string;
  /** Errors of this route, besides those of any route; all of them where it refuses bodies its own way. */
  readonly errors: readonly Code[];
  /** Refuses a body that its schema does not take by errors of its own. */
  readonly refuseBody?: (problem: BodyProblem) => Refused<Code>;
  /**
   * Given where a request with an `Idempotency-Key` is done once and answered alike when it is repeated: true where `run` keeps the
   * answer in its transaction, `claimed` where it has none, and the key is claimed before.
   */
  readonly repeatable?: true | 'claimed';
  /**
   * Given where the call shows or replaces a whole resource: its answers have an `ETag`, and its `PUT` heeds `If-Match`. Names
   * fields of its answer that are remarks about the change and no part of the resource.
   */
  readonly versioned?: readonly string[];
  /** Runs the call with parts that were read by its schemas. */
  readonly run: (caller: Caller, given: Given<string, unknown, unknown>) => Promise<Answer>;
};

/** Why a body cannot be taken: it is no JSON, or breaks rules of its schema. */
export type BodyProblem =
  | { readonly kind: 'malformed'; readonly details: readonly Detail[] }
  | { readonly kind: 'invalid'; readonly value: unknown; readonly details: readonly Detail[] };

/** A call of an API without the code that runs it: enough to describe it. */
export type StatedRoute = Omit<Route<never, string>, 'run' | 'refuseBody'>;

/** The validated input of a call. */
type Given<Path extends string, Query, Body> = {
  readonly path: Readonly<Record<ParametersOf<Path>, string>>;
  readonly query: Query;
  readonly body: Body;
  /** Given where the route is repeatable and the request has an `Idempotency-Key`. */
  readonly keepAnswer?: KeepAnswer;
  /** Given where the request has an `If-Match`: the change is refused where the resource is another one by now. */
  readonly isSeen?: IsSeen;
  /** Names the list that a call lists from: whose it is, its route and the parameters of its path. */
  readonly list: string;
};

/** The names in braces of a path. */
type ParametersOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersOf<Rest>
  : string extends Path
    ? string
    : never;

/** Type of a response by its schema, for code that never changes its values. */
type Shown<T> = T extends readonly (infer Item)[]
  ? readonly Shown<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Shown<T[Key]> }
    : T;

const noQuery = z.strictObject({});

/** The name by which API Gateway knows a route. */
export const routeKeyOf = ({
  method,
  path,
}: {
  readonly method: string;
  readonly path: string;
}): string => `${method} ${path}`;

type Stated<Path extends string> = {
  readonly path: Path;
  readonly summary: string;
};

type TypedRoute<
  Caller,
  Path extends string,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
  Code extends string,
> = Stated<Path> & {
  readonly method: Method;
  readonly scope: string;
  readonly query?: Query;
  readonly body?: Body;
  readonly example?: z.input<Body>;
  /** @default 200 */
  readonly status?: 200 | 201 | 202 | 204;
  readonly response?: Response;
  readonly mediaType?: string;
  readonly errors?: readonly Code[];
  readonly refuseBody?: (problem: BodyProblem) => Refused<Code>;
  readonly repeatable?: true | 'claimed';
  readonly versioned?: readonly string[];
  readonly run: (
    caller: Caller,
    given: Given<Path, z.output<Query>, z.output<Body>>,
  ) => Promise<Answer<Code, Shown<z.output<Response>>>>;
};

type TypedList<
  Caller,
  Path extends string,
  Filters extends z.core.$ZodLooseShape,
  Item extends z.ZodType,
  Code extends string,
> = Stated<Path> & {
  readonly scope: string;
  /** Filters of the list. */
  readonly filters?: Filters;
  readonly item: Item;
  readonly errors?: readonly Code[];
  readonly run: (
    caller: Caller,
    given: Omit<Given<Path, z.output<z.ZodObject<Filters>>, unknown>, 'body' | 'list'> & {
      readonly page: ListRequest;
    },
  ) => Promise<Listed<Shown<z.output<Item>>> | Refused<Code>>;
};

/** Whether a call replaces a resource, and may be sent on the condition that it is as the caller has seen it. */
export const isReplaced = ({
  method,
  versioned,
}: Pick<StatedRoute, 'method' | 'versioned'>): boolean =>
  method === 'PUT' && versioned !== undefined;

type RepetitionCode =
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'IDEMPOTENCY_KEY_ROTATED'
  | 'IDEMPOTENCY_KEY_IN_USE';

/** The errors of a call that may be repeated. */
const repetitionErrors = ({
  repeatable,
}: Pick<StatedRoute, 'repeatable'>): readonly RepetitionCode[] => [
  ...(repeatable === undefined
    ? []
    : (['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_ROTATED'] as const)),
  ...(repeatable === 'claimed' ? ['IDEMPOTENCY_KEY_IN_USE' as const] : []),
];

/** The two ways to state a route of an API with these callers and errors. */
export const routesOf = <Caller, AnyCode extends string, Scope extends string = string>() => ({
  /** A call with the types of its path, query and body; it can be refused with the errors that it states alone. */
  route: <
    const Path extends string,
    Query extends z.ZodType = typeof noQuery,
    Body extends z.ZodType = z.ZodUndefined,
    Response extends z.ZodType = z.ZodNever,
    const Code extends AnyCode = never,
  >(
    typed: TypedRoute<Caller, Path, Query, Body, Response, Code> & { readonly scope: Scope },
  ): Route<Caller, AnyCode | RepetitionCode | 'PRECONDITION_FAILED'> => {
    const { query, errors = [], ...rest } = typed;
    return {
      status: 200,
      ...rest,
      errors: [
        ...errors,
        ...repetitionErrors(rest),
        ...(isReplaced(rest) ? ['PRECONDITION_FAILED' as const] : []),
      ],
      query: query ?? noQuery,
      // The schemas have read what the call is given.
      run: async (caller, given) => await typed.run(caller, given as never),
    };
  },

  /** A call that lists: its cursors are read and written here. */
  listRoute: <
    const Path extends string,
    Item extends z.ZodType,
    Filters extends z.core.$ZodLooseShape = Record<never, never>,
    const Code extends AnyCode = never,
  >(
    typed: TypedList<Caller, Path, Filters, Item, Code> & { readonly scope: Scope },
  ): Route<Caller, AnyCode | 'INVALID_CURSOR'> => ({
    method: 'GET',
    path: typed.path,
    summary: typed.summary,
    scope: typed.scope,
    query: z.strictObject({ ...typed.filters, ...pageQuery }),
    status: 200,
    response: pageOf(typed.item),
    errors: [...(typed.errors ?? []), 'INVALID_CURSOR'],
    run: async (caller, { path, query, list }) => {
      const asked = readPage(list, query as PageQuery);
      if (asked === undefined) return refused('INVALID_CURSOR');
      const listed = await typed.run(caller, { path, query, page: asked } as never);
      return 'kind' in listed ? listed : done(page(list, listed));
    },
  }),
});

type PageQuery = { readonly limit: number; readonly cursor?: string | undefined };
