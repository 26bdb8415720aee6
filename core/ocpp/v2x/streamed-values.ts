import { isJsonObject, type JsonObject, objectsIn } from '../json-object.ts';
import { parseJson } from '../rpc/parse-json.ts';
import type { ReportPart } from './assemble-reports.ts';
import type { HeardValue } from './heard-value.ts';

type Monitored = Pick<HeardValue, 'component' | 'variable'>;

const payloadsOf = (messages: readonly ReportPart[], wanted: string): readonly JsonObject[] =>
  messages
    .filter(({ action }) => action === wanted)
    .map(({ raw }) => parseJson(raw)?.value)
    .filter(isJsonObject);

/** The variable of each monitor, by its id, as NotifyMonitoringReport names it. */
const monitorsIn = (messages: readonly ReportPart[]): ReadonlyMap<unknown, Monitored> =>
  new Map(
    payloadsOf(messages, 'NotifyMonitoringReport').flatMap(({ monitor }) =>
      objectsIn(monitor).flatMap(({ component, variable, variableMonitoring }) =>
        isJsonObject(component) && isJsonObject(variable)
          ? objectsIn(variableMonitoring).map(({ id }) => [id, { component, variable }] as const)
          : [],
      ),
    ),
  );

/** The monitor of each stream, by its id, as OpenPeriodicEventStream names it. */
const streamsIn = (messages: readonly ReportPart[]): ReadonlyMap<unknown, unknown> =>
  new Map(
    payloadsOf(messages, 'OpenPeriodicEventStream').flatMap(({ constantStreamData: stream }) =>
      isJsonObject(stream) ? [[stream['id'], stream['variableMonitoringId']] as const] : [],
    ),
  );

/** The moment of a value: so many seconds after the one that its message is based on, ISO 8601 in UTC. */
const momentOf = (basetime: unknown, seconds: unknown): string | undefined => {
  const at = Date.parse(String(basetime)) + Number(seconds) * 1000;
  return Math.abs(at) < 8.64e15 ? new Date(at).toISOString() : undefined;
};

/**
 * The values that periodic event streams brought (OCPP 2.1 NotifyPeriodicEventStream), as far as it is known of which variable they
 * are: by the stream's monitor, and that monitor's report.
 */
export const streamedValues = (messages: readonly ReportPart[]): readonly HeardValue[] => {
  const monitors = monitorsIn(messages);
  const streams = streamsIn(messages);
  return payloadsOf(messages, 'NotifyPeriodicEventStream').flatMap(({ id, basetime, data }) => {
    const monitored = monitors.get(streams.get(id));
    if (monitored === undefined) return [];
    return objectsIn(data).flatMap(({ t, v }) => {
      const at = momentOf(basetime, t);
      return at === undefined ? [] : [{ ...monitored, type: 'Actual', value: String(v), at }];
    });
  });
};
