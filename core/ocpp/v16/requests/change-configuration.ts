import type { CommandOf } from '../../../command/command-request.ts';
import { validateChangeConfigurationRequest } from '../../generated/v16/change-configuration-request.js';
import { validateChangeConfigurationResponse } from '../../generated/v16/change-configuration-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';

/** ChangeConfiguration of OCPP 1.6, sections 6.7 and 6.8. */
export const changeConfiguration = exchange(
  'ChangeConfiguration',
  validateChangeConfigurationRequest,
  validateChangeConfigurationResponse,
  ({ key, value }: CommandOf<'set-configuration'>) => ({ key, value }),
  (answer) => statusOutcome(answer),
);
