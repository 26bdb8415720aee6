/** The status and the sentence of an error. */
export type ErrorEntry = readonly [status: number, message: string];

/** Every error that the callers of an API can see, by its code. */
export type ErrorTable<Code extends string> = Readonly<Record<Code, ErrorEntry>>;

/** The errors that follow from serving HTTP alone: every API has a status and a sentence for them. */
export type HttpErrorCode =
  | 'INVALID_REQUEST'
  | 'INVALID_JSON'
  | 'INVALID_CURSOR'
  | 'ROUTE_NOT_FOUND'
  | 'BODY_TOO_LARGE'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'IDEMPOTENCY_KEY_ROTATED'
  | 'IDEMPOTENCY_KEY_IN_USE'
  | 'PRECONDITION_FAILED'
  | 'INTERNAL_ERROR';
