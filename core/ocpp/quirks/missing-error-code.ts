import type { Mend } from './quirk.ts';

/** A status comes without an error code: there is no error. */
export const missingErrorCode = {
  kind: 'mends',
  name: 'missing-error-code',
  applies: (action, payload) =>
    action === 'StatusNotification' &&
    (payload['errorCode'] === undefined || payload['errorCode'] === ''),
  mend: (payload) => ({ ...payload, errorCode: 'NoError' }),
} as const satisfies Mend;
