import type { Scope } from '../access/scopes.ts';
import { type Route, routesOf } from '../http/route.ts';
import type { Database } from '../store/table/client.ts';
import type { ApiErrorCode } from './errors.ts';
import type { Services } from './services.ts';

/** The context of every call: the database, the owner of the key, the time, and the services around. */
export type Caller = Services & {
  readonly database: Database;
  readonly operatorId: string;
  readonly apiKeyId: string;
  readonly apiKeyName: string;
  /** The locations that the key is bounded to; absent where it sees all of its operator. */
  readonly locationIds?: readonly string[];
  /** Our clock, ISO 8601 in UTC. */
  readonly now: string;
};

/** A call of the operator API. */
export type ApiRoute = Route<Caller, ApiErrorCode>;

/** How the operator API states its calls. */
export const { route, listRoute } = routesOf<Caller, ApiErrorCode, Scope>();
