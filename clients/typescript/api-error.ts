import type { Exchange } from './exchange.ts';

/** One thing that is wrong with a request. */
export type ErrorDetail = {
  readonly path: string;
  readonly message: string;
  readonly code?: string;
};

/** A call that the operator API refused, or did not answer as one. */
export class ApiError extends Error {
  readonly status: number;
  /** The code of docs/errors.md; `HTTP_503` where the answer has none, `NO_JSON` or `NO_LIST` where the answer is not one of this API. */
  readonly code: string;
  readonly details: readonly ErrorDetail[];

  constructor(route: string, { status, body }: Exchange, ownCode?: string) {
    const {
      code = ownCode,
      message,
      details,
    } = Object(body) as {
      readonly code?: string;
      readonly message?: string;
      readonly details?: readonly ErrorDetail[];
    };
    super(message ?? `${route} was answered with HTTP ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.code = code ?? `HTTP_${status}`;
    this.details = details ?? [];
  }
}
