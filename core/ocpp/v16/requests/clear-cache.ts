import type { CommandOf } from '../../../command/command-request.ts';
import { validateClearCacheRequest } from '../../generated/v16/clear-cache-request.js';
import { validateClearCacheResponse } from '../../generated/v16/clear-cache-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';

/** ClearCache of OCPP 1.6, sections 6.9 and 6.10. */
export const clearCache = exchange(
  'ClearCache',
  validateClearCacheRequest,
  validateClearCacheResponse,
  (_request: CommandOf<'clear-cache'>) => ({}),
  (answer) => statusOutcome(answer),
);
