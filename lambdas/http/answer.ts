import type { RateState } from './rate-limit.ts';

/** One thing that is wrong with a request, and where. */
export type Detail = {
  readonly path: string;
  readonly message: string;
  /** The name of the problem, where it has one (docs/errors.md). */
  readonly code?: string;
};

/** A call that was done, with what it gives; its status is that of its route. */
export type Done<Body = unknown> = { readonly kind: 'done'; readonly body?: Body };

/** The rest of the limit of the API key that called; absent where no key was found. */
export type Rated = { readonly rate?: RateState | undefined };

/** A call that was refused, by a code of the error table of its API. */
export type Refused<Code extends string = string> = Rated & {
  readonly kind: 'refused';
  readonly code: Code;
  readonly details: readonly Detail[];
  /** Seconds after which the same request may be sent again. */
  readonly retryAfterSeconds?: number;
};

/** The answer to a call: what it gives, or why it was refused. */
export type Answer<Code extends string = string, Body = unknown> = Done<Body> | Refused<Code>;

/** A call that gives something. */
export const done = <Body>(body: Body): Done<Body> => ({ kind: 'done', body });

/** A call that was done and has nothing to give. */
export const doneSilently: Done<never> = { kind: 'done' };

/** A call that was refused. */
export const refused = <Code extends string>(
  code: Code,
  details: readonly Detail[] = [],
): Refused<Code> => ({ kind: 'refused', code, details });
