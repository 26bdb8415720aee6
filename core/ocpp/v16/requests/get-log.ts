import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateGetLogRequest } from '../../generated/v16/get-log-request.js';
import { validateGetLogResponse } from '../../generated/v16/get-log-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';

/** GetLog of the security extension, section 5.9. */
export const getLog = exchange(
  'GetLog',
  validateGetLogRequest,
  validateGetLogResponse,
  ({ kind, url, requestId, retries, retrySeconds, from, to }: CommandOf<'get-logs'>) => {
    if (requestId === undefined) {
      return { inexpressible: 'A security log is asked for with a request id in OCPP 1.6.' };
    }
    return omitUndefined({
      logType: kind === 'security' ? 'SecurityLog' : 'DiagnosticsLog',
      requestId,
      retries,
      retryInterval: retrySeconds,
      log: omitUndefined({ remoteLocation: url, oldestTimestamp: from, latestTimestamp: to }),
    } as const);
  },
  ({ status, filename: fileName }) =>
    statusOutcome({ status }, omitUndefined({ kind: 'file', fileName } as const)),
);
