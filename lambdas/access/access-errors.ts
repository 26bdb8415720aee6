/** The errors of every API whose callers have an API key: their status and their sentence. */
export const accessErrors = {
  INVALID_REQUEST: [
    400,
    'The request is invalid; details names each field and the rule that it breaks.',
  ],
  AUTH_HEADER_MISSING: [
    401,
    'The Authorization header is missing, or is not the word Bearer and an API key; send Authorization: Bearer <API key>.',
  ],
  INVALID_API_KEY: [401, 'The API key is unknown, deleted or expired.'],
  SCOPE_MISSING: [403, 'The API key lacks the scope that this endpoint requires; see details.'],
  ROUTE_NOT_FOUND: [404, 'No such endpoint; check the method and the path.'],
  BODY_TOO_LARGE: [413, 'The body exceeds 256 KB.'],
  RATE_LIMITED: [
    429,
    'This API key has sent too many requests; wait for the seconds in Retry-After.',
  ],
  INTERNAL_ERROR: [500, 'An unexpected error occurred on our side; the request may be repeated.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;
