import type { CommandOf } from '../../../command/command-request.ts';
import type { SetVariablesRequest } from '../../generated/v201/set-variables-request.js';
import type { SetVariablesResponse } from '../../generated/v201/set-variables-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';
import { variableOf } from './variable-name.ts';

/** SetVariables (OCPP 2.0.1 part 2 section 1.57), of one setting. */
export const setVariables = message<
  CommandOf<'set-configuration'>,
  SetVariablesRequest,
  SetVariablesResponse
>(
  ({ key, value }) => {
    const found = variableOf(key);
    return 'inexpressible' in found
      ? found
      : { setVariableData: [{ attributeValue: value, ...found }] };
  },
  ({ setVariableResult: [result] }) =>
    result === undefined
      ? { kind: 'unreadable', description: 'The answer to SetVariables has no result.' }
      : statusOutcome({ status: result.attributeStatus }),
);
