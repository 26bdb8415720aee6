import { accessErrors } from '../access/access-errors.ts';

/** The errors that only the callers of the gateway see. docs/errors.md lists the same codes. */
export const pushErrors = {
  SESSIONS_ARRAY_REQUIRED: [400, 'The body must be JSON with an array named sessions.'],
  MAX_SESSIONS_EXCEEDED: [400, 'A request may contain at most 100 sessions; none was stored.'],
  INVALID_SESSION: [
    400,
    'A session is invalid; details names its index and field. None of the request was stored.',
  ],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** Every error that a caller of the gateway can see. */
export const gatewayErrors = { ...accessErrors, ...pushErrors } as const;

/** The name of an error of the gateway. */
export type GatewayErrorCode = keyof typeof gatewayErrors;
