import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateGetDiagnosticsRequest } from '../../generated/v16/get-diagnostics-request.js';
import { validateGetDiagnosticsResponse } from '../../generated/v16/get-diagnostics-response.js';
import { exchange } from './exchange.ts';

/** GetDiagnostics of OCPP 1.6, sections 6.23 and 6.24. */
export const getDiagnostics = exchange(
  'GetDiagnostics',
  validateGetDiagnosticsRequest,
  validateGetDiagnosticsResponse,
  ({ url, retries, retrySeconds, from, to }: CommandOf<'get-logs'>) =>
    omitUndefined({
      location: url,
      retries,
      retryInterval: retrySeconds,
      startTime: from,
      stopTime: to,
    }),
  ({ fileName }) => ({
    kind: 'accepted',
    data: omitUndefined({ kind: 'file', fileName } as const),
  }),
);
