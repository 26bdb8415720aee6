import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { GetLogRequest } from '../../generated/v201/get-log-request.js';
import type { GetLogResponse } from '../../generated/v201/get-log-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';

/** GetLog (OCPP 2.0.1 part 2 section 1.30). */
export const getLog = message<CommandOf<'get-logs'>, GetLogRequest, GetLogResponse>(
  ({ kind, url, requestId, retries, retrySeconds, from, to }, number) =>
    omitUndefined({
      logType: kind === 'security' ? 'SecurityLog' : 'DiagnosticsLog',
      requestId: requestId ?? number,
      retries,
      retryInterval: retrySeconds,
      log: omitUndefined({ remoteLocation: url, oldestTimestamp: from, latestTimestamp: to }),
    } as const),
  ({ status, filename: fileName }) =>
    statusOutcome({ status }, omitUndefined({ kind: 'file', fileName } as const)),
);
