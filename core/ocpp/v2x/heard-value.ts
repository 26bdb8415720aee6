import type { JsonObject } from '../json-object.ts';

/** A value that was heard by itself, after a report or instead of one. */
export type HeardValue = {
  readonly component: JsonObject;
  readonly variable: JsonObject;
  /** `Actual`, `Target`, `MinSet` or `MaxSet`. */
  readonly type: string;
  readonly value: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
};
