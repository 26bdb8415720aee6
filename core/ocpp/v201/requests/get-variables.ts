import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { Inexpressible } from '../../exchange.ts';
import type { GetVariablesRequest } from '../../generated/v201/get-variables-request.js';
import type { GetVariablesResponse } from '../../generated/v201/get-variables-response.js';
import { message } from './message.ts';
import { keyOf, type NamedVariable, variableOf } from './variable-name.ts';

const isNamed = (found: NamedVariable | Inexpressible): found is NamedVariable =>
  'component' in found;

/** GetVariables (OCPP 2.0.1 part 2 section 1.36): settings that are asked for by their keys. */
export const getVariables = message<
  CommandOf<'get-configuration'>,
  GetVariablesRequest,
  GetVariablesResponse
>(
  ({ keys = [] }) => {
    const found = keys.map(variableOf);
    const getVariableData = found.filter(isNamed);
    const misnamed = found.find((one): one is Inexpressible => !isNamed(one));
    return misnamed ?? ({ getVariableData } as unknown as GetVariablesRequest);
  },
  ({ getVariableResult }) => {
    const results = getVariableResult.map(
      ({ component, variable, attributeStatus, attributeValue }) => ({
        key: keyOf(component, variable),
        isKnown: attributeStatus === 'Accepted',
        value: attributeValue,
      }),
    );
    return {
      kind: 'accepted',
      data: {
        kind: 'configuration',
        // Whether a setting may be changed is in the reports of a charger, not in this answer.
        keys: results
          .filter(({ isKnown }) => isKnown)
          .map(({ key, value }) => omitUndefined({ key, value })),
        unknownKeys: results.filter(({ isKnown }) => !isKnown).map(({ key }) => key),
      },
    };
  },
);
