import { shownFields } from '../../command/secret-settings.ts';
import { isJsonObject, type JsonObject, objectsIn } from '../json-object.ts';
import { parseJson } from '../rpc/parse-json.ts';
import { assembleReports, type Report, type ReportPart } from './assemble-reports.ts';
import type { HeardValue } from './heard-value.ts';
import { streamedValues } from './streamed-values.ts';

/** A variable of a component as a charger reported it (OCPP 2.0.1 part 1 section 4): in its own words. */
export type ReportedVariable = {
  readonly component: JsonObject;
  readonly variable: JsonObject;
  /** Its values, by what they are: the actual one, the one that is wanted, the bounds. */
  readonly attributes: readonly JsonObject[];
  readonly characteristics?: JsonObject;
  /** When this was last heard, ISO 8601 in UTC. */
  readonly reportedAt: string;
};

/** The components and variables of a charger, as far as it has reported them. */
export type DeviceModel = {
  readonly variables: readonly ReportedVariable[];
  /** The reports of which parts are missing; the variables of the others are in the model all the same. */
  readonly incomplete: readonly Report[];
};

const place = (evse: unknown): readonly unknown[] =>
  isJsonObject(evse) ? [evse['id'], evse['connectorId']] : [];

/** Names are the same in upper and lower case (OCPP 2.0.1 part 2 appendix 3). */
const lower = (text: unknown): string | undefined =>
  typeof text === 'string' ? text.toLowerCase() : undefined;

const keyOf = (component: JsonObject, variable: JsonObject): string =>
  JSON.stringify([
    lower(component['name']),
    lower(component['instance']),
    ...place(component['evse']),
    lower(variable['name']),
    lower(variable['instance']),
  ]);

const reported = (element: JsonObject, reportedAt: string): ReportedVariable | undefined => {
  const { component, variable, variableAttribute, variableCharacteristics } = element;
  if (!isJsonObject(component) || !isJsonObject(variable)) return undefined;
  const known = { component, variable, attributes: objectsIn(variableAttribute), reportedAt };
  return isJsonObject(variableCharacteristics)
    ? { ...known, characteristics: variableCharacteristics }
    : known;
};

const typeOf = (attribute: JsonObject): unknown => attribute['type'] ?? 'Actual';

/** A variable with one value that was heard later. */
const updated = (known: ReportedVariable | undefined, heard: HeardValue): ReportedVariable => {
  const { component, variable, type, value, at } = heard;
  if (known === undefined) {
    return { component, variable, attributes: [{ type, value }], reportedAt: at };
  }
  const others = known.attributes.filter((one) => typeOf(one) !== type);
  const before = known.attributes.find((one) => typeOf(one) === type);
  return { ...known, attributes: [...others, { ...before, type, value }], reportedAt: at };
};

/** The values in NotifyEvent messages: the actual ones, at the time of receipt. */
const valuesIn = ({ raw, receivedAt }: ReportPart): readonly HeardValue[] => {
  const payload = parseJson(raw)?.value;
  if (!isJsonObject(payload)) return [];
  return objectsIn(payload['eventData']).flatMap(({ component, variable, actualValue: value }) =>
    isJsonObject(component) && isJsonObject(variable) && typeof value === 'string'
      ? [{ component, variable, type: 'Actual', value, at: receivedAt }]
      : [],
  );
};

/** The messages that a device model is made from. */
export const deviceModelActions = [
  'NotifyReport',
  'NotifyEvent',
  'NotifyMonitoringReport',
  'OpenPeriodicEventStream',
  'NotifyPeriodicEventStream',
] as const;

/**
 * The components of a charger as far as they are known: each variable as the latest report has it that names it, with every value that was
 * heard later, in an event or a stream (`messages`) or in an answer (`answered`).
 */
export const deviceModel = (
  messages: readonly ReportPart[],
  answered: readonly HeardValue[],
): DeviceModel => {
  const reports = assembleReports(messages.filter(({ action }) => action === 'NotifyReport'));
  const variables = new Map<string, ReportedVariable>();
  for (const { content, lastAt } of reports.toReversed()) {
    for (const element of content.flatMap(({ reportData }) => objectsIn(reportData))) {
      const found = reported(element, lastAt);
      if (found !== undefined) variables.set(keyOf(found.component, found.variable), found);
    }
  }
  const events = messages.filter(({ action }) => action === 'NotifyEvent').flatMap(valuesIn);
  const heard = [...events, ...streamedValues(messages), ...answered].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );
  for (const value of heard) {
    const key = keyOf(value.component, value.variable);
    const known = variables.get(key);
    if (known === undefined || known.reportedAt <= value.at)
      variables.set(key, updated(known, value));
  }
  return {
    variables: [...variables.entries()]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([, variable]) => {
        const { component, variable: named } = variable;
        const shown = (one: JsonObject): JsonObject => {
          const { value } = shownFields({ component, variable: named, value: one['value'] });
          return value === undefined ? one : { ...one, value };
        };
        return { ...variable, attributes: variable.attributes.map(shown) };
      }),
    incomplete: reports.filter(({ isComplete }) => !isComplete),
  };
};
