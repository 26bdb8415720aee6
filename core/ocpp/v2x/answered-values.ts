import type { AnsweredCommand } from '../../command/known-configuration.ts';
import { shownFields, shownValue } from '../../command/secret-settings.ts';
import { isJsonObject, type JsonObject } from '../json-object.ts';
import { variableOf } from '../v201/requests/variable-name.ts';
import type { HeardValue } from './heard-value.ts';

const byKey = (key: string, value: string, at: string): readonly HeardValue[] => {
  const found = variableOf(key);
  return 'component' in found
    ? [
        {
          component: { ...found.component },
          variable: { ...found.variable },
          type: 'Actual',
          value: shownValue(key, value),
          at,
        },
      ]
    : [];
};

/** The value in one result of GetVariables. */
const inResult = (result: unknown, at: string): readonly HeardValue[] => {
  if (!isJsonObject(result) || result['attributeStatus'] !== 'Accepted') return [];
  const { component, variable, attributeType: type = 'Actual', attributeValue: value } = result;
  if (!isJsonObject(component) || !isJsonObject(variable)) return [];
  if (typeof value !== 'string' || typeof type !== 'string') return [];
  return [
    { component, variable, type, value: shownFields({ component, variable, value }).value, at },
  ];
};

const inAnswer = (fields: JsonObject, at: string): readonly HeardValue[] => {
  const results = fields['getVariableResult'];
  return Array.isArray(results) ? results.flatMap((result) => inResult(result, at)) : [];
};

/** The values of variables that a charger of OCPP 2.0.1 or 2.1 gave in the answer to a command, or accepted with it. */
export const answeredValues = ({ request, outcome, finishedAt }: AnsweredCommand) => {
  if (outcome === undefined || finishedAt === undefined) return [];
  if (request.type === 'set-configuration') {
    const isSet = outcome.kind === 'accepted' && outcome.remark === undefined;
    return isSet ? byKey(request.key, request.value, finishedAt) : [];
  }
  const data =
    outcome.kind === 'accepted' || outcome.kind === 'rejected' ? outcome.data : undefined;
  switch (data?.kind) {
    case 'configuration':
      return data.keys.flatMap(({ key, value }) =>
        value === undefined ? [] : byKey(key, value, finishedAt),
      );
    case 'answer':
      return inAnswer(data.fields, finishedAt);
    default:
      return [];
  }
};
