import type { MetricName } from '../../runner/cloudwatch/dashboards/metric-store.ts';
import type { Deployment } from '../../runner/runner-interfaces.ts';

type Dimension = { readonly Name: string; readonly Value: string };
type Named = {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly Dimension[];
};

const nameOf = ({ Namespace = '', MetricName = '', Dimensions = [] }: Named): MetricName => ({
  namespace: Namespace,
  name: MetricName,
  dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
});

/** The metrics that the alarms of a deployment watch, those of their expressions included, each once. */
export function metricsOfAlarms({ resources }: Deployment): readonly MetricName[] {
  const all = resources
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .flatMap(({ properties }) => {
      const entries = properties['Metrics'] as
        | readonly { readonly MetricStat?: { readonly Metric: Named } }[]
        | undefined;
      return entries === undefined
        ? [nameOf(properties as Named)]
        : entries.flatMap(({ MetricStat }) => (MetricStat ? [nameOf(MetricStat.Metric)] : []));
    });
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
