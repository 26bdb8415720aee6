import type { CommandOf } from '../../../command/command-request.ts';
import type { ClearCacheRequest } from '../../generated/v201/clear-cache-request.js';
import type { ClearCacheResponse } from '../../generated/v201/clear-cache-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';

/** ClearCache (OCPP 2.0.1 part 2 section 1.7). */
export const clearCache = message<CommandOf<'clear-cache'>, ClearCacheRequest, ClearCacheResponse>(
  () => ({}),
  (answer) => statusOutcome(answer),
);
