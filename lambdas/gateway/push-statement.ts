import * as z from 'zod';
import type { GatewayErrorCode } from './gateway-errors.ts';
import { PushedSessionsForm, PushOutcomeSchema } from './pushed-sessions-form.ts';

const errors = [
  'SESSIONS_ARRAY_REQUIRED',
  'MAX_SESSIONS_EXCEEDED',
  'INVALID_SESSION',
  'INVALID_REQUEST',
  'AUTH_HEADER_MISSING',
  'INVALID_API_KEY',
  'SCOPE_MISSING',
  'BODY_TOO_LARGE',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
] as const satisfies readonly GatewayErrorCode[];

const example: z.input<typeof PushedSessionsForm> = {
  sessions: [
    {
      carConnected: '2026-04-14T18:30:00+02:00',
      carDisconnected: '2026-04-15T06:45:00+02:00',
      kiloWattHours: 32.5,
    },
  ],
};

/** The call that pushes sessions of a third party, for the step that serves it and for the description of the API. */
export const pushStatement = {
  method: 'POST',
  path: '/api/gateway/sessions',
  summary:
    'Takes sessions that are over from a third party; those that are known already are skipped. At most 100 requests an hour.',
  scope: 'sessions:push',
  query: z.strictObject({}),
  body: PushedSessionsForm,
  example,
  status: 200,
  response: PushOutcomeSchema,
  errors,
} as const;
