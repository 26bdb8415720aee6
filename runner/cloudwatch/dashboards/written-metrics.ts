import type { Deployment } from '../../runner-interfaces.ts';
import type { JsonObject } from '../../template/json-object.ts';
import { filteredMetrics } from '../alarms/filtered-metrics.ts';
import { embeddedMetrics } from './log-lines.ts';
import { createMetricStore, type MetricStore } from './metric-store.ts';

/**
 * A store of metrics with those that functions wrote into their logs beside it: values in the embedded metric format, and what metric
 * filters make of lines. `linesOf` gives the lines of a log group by name.
 */
export function withWrittenMetrics(
  store: MetricStore,
  deployment: Deployment,
  linesOf: (group: string) => readonly JsonObject[],
): MetricStore {
  const written = createMetricStore();
  const groups = deployment.resources.filter(
    ({ type, ref }) => type === 'AWS::Logs::LogGroup' && ref.startsWith('/aws/lambda/'),
  );
  for (const { ref } of groups) {
    for (const value of linesOf(ref).flatMap(embeddedMetrics)) written.put(value);
  }
  for (const value of filteredMetrics(deployment, linesOf)) written.put(value);
  return {
    put: store.put,
    add: store.add,
    seriesOf: store.seriesOf,
    valuesOf: (metric, since) =>
      (metric.namespace.startsWith('AWS/') ? store : written).valuesOf(metric, since),
  };
}
