import type * as z from 'zod';
import type { Database } from '../store/table/client.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { Scope } from './scopes.ts';

/** What every call knows: the database, whose key it is, and the time. */
export type Caller = {
  readonly database: Database;
  readonly operatorId: string;
  readonly apiKeyId: string;
  readonly apiKeyName: string;
  /** Our clock, ISO 8601 in UTC. */
  readonly now: string;
};

/** What a call was given, each part valid. */
type Given<Query, Body> = {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
};

/** A call of the operator API as data: enough to serve it, and to describe it. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with parameters in braces. */
  readonly path: string;
  /** One sentence for the reader of the API's description. */
  readonly summary: string;
  readonly scope: Scope;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  /** Runs the call with a query and a body that were parsed by its schemas. */
  readonly run: (caller: Caller, given: Given<unknown, unknown>) => Promise<ApiAnswer>;
};

/** A call with the types of its query and body. */
type TypedRoute<Query extends z.ZodType, Body extends z.ZodType> = Omit<
  Route,
  'query' | 'body' | 'run'
> & {
  readonly query: Query;
  readonly body: Body;
  readonly run: (caller: Caller, given: Given<z.infer<Query>, z.infer<Body>>) => Promise<ApiAnswer>;
};

/** Takes a call with its own types as one of the table; its schemas have parsed what `run` is given. */
export const route = <Query extends z.ZodType, Body extends z.ZodType>(
  typed: TypedRoute<Query, Body>,
): Route => ({
  ...typed,
  run: async (caller, given) =>
    await typed.run(caller, {
      path: given.path,
      query: given.query as z.infer<Query>,
      body: given.body as z.infer<Body>,
    }),
});
