import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { ResetRequest } from '../../generated/v201/reset-request.js';
import type { ResetResponse } from '../../generated/v201/reset-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';

/** Reset (OCPP 2.0.1 part 2 section 1.49): a soft one waits until nobody charges. */
export const reset = message<CommandOf<'reset'>, ResetRequest, ResetResponse>(
  ({ kind, evseId }) =>
    omitUndefined({ type: kind === 'hard' ? 'Immediate' : 'OnIdle', evseId } as const),
  (answer) => statusOutcome(answer),
);
