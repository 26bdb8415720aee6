import type { ApiErrorCode } from './errors.ts';

/** One thing that is wrong with a request, and where. */
export type Detail = {
  readonly path: string;
  readonly message: string;
  /** The name of the problem, where it has one (docs/errors.md). */
  readonly code?: string;
};

/** A call that was done. */
export type Done = { readonly kind: 'done'; readonly status: number; readonly body?: unknown };

/** A call that was refused, by a code of the error table. */
export type Refused = {
  readonly kind: 'refused';
  readonly code: ApiErrorCode;
  readonly details: readonly Detail[];
};

/** What a call of the operator API is answered with. */
export type ApiAnswer = Done | Refused;

/** A call that gives something. */
export const done = (body: unknown, status = 200): Done => ({ kind: 'done', status, body });

/** A call that was done and has nothing to give. */
export const doneSilently: Done = { kind: 'done', status: 204 };

/** A call that was refused. */
export const refused = (code: ApiErrorCode, details: readonly Detail[] = []): Refused => ({
  kind: 'refused',
  code,
  details,
});
