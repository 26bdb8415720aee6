import type { Deployment } from '../../runner-interfaces.ts';
import type { JsonObject } from '../../template/json-object.ts';
import { timeOfLine } from '../dashboards/log-lines.ts';
import type { MetricValue } from '../dashboards/metric-store.ts';
import { readFilterPattern } from './filter-pattern.ts';

type Transformation = {
  readonly MetricNamespace: string;
  readonly MetricName: string;
  readonly MetricValue: string;
  readonly DefaultValue?: number;
};

/** The values that the metric filters of a deployment make of the lines of each log group: of those that match, and the default of others. */
export function filteredMetrics(
  { resources }: Deployment,
  linesOf: (group: string) => readonly JsonObject[],
): readonly MetricValue[] {
  const filters = resources.filter(({ type }) => type === 'AWS::Logs::MetricFilter');
  return filters.flatMap(({ properties }) => {
    const matches = readFilterPattern(String(properties['FilterPattern']));
    if (matches === undefined) return [];
    const made = (properties['MetricTransformations'] ?? []) as readonly Transformation[];
    return linesOf(String(properties['LogGroupName'])).flatMap((line) =>
      made.flatMap((one) => valueOfLine(one, line, matches(line))),
    );
  });
}

function valueOfLine(made: Transformation, line: JsonObject, matches: boolean): MetricValue[] {
  const at = timeOfLine(line);
  const { MetricNamespace: namespace, MetricName: name, MetricValue: from, DefaultValue } = made;
  const value = matches ? Number(from.startsWith('$.') ? line[from.slice(2)] : from) : DefaultValue;
  return at === undefined || value === undefined
    ? []
    : [{ namespace, name, dimensions: {}, at, value }];
}
