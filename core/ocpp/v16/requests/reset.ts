import type { CommandOf } from '../../../command/command-request.ts';
import { validateResetRequest } from '../../generated/v16/reset-request.js';
import { validateResetResponse } from '../../generated/v16/reset-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';

/** Reset of OCPP 1.6, sections 6.39 and 6.40; it is always of the whole charger. */
export const reset = exchange(
  'Reset',
  validateResetRequest,
  validateResetResponse,
  ({ kind, evseId }: CommandOf<'reset'>) => {
    if (evseId !== undefined) {
      return { inexpressible: 'OCPP 1.6 resets a charger only as a whole.' };
    }
    return { type: kind === 'hard' ? ('Hard' as const) : ('Soft' as const) };
  },
  (answer) => statusOutcome(answer),
);
