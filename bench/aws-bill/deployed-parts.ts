import { customMetrics } from '../../lambdas/runtime/custom-metrics.ts';
import type { Deployment } from '../../runner/runner-interfaces.ts';
import type { DeployedParts } from './fixed-month.ts';

const runsPerMonth = 30 * 24;

/** Metrics that an alarm watches: one, or those of its expression; against a band that was learned each counts three times. */
export function watchedMetrics(properties: Readonly<Record<string, unknown>>): number {
  const { Metrics = [{ MetricStat: {} }], ThresholdMetricId } = properties;
  const watched = (Metrics as readonly object[]).filter((one) => 'MetricStat' in one);
  return watched.length * (ThresholdMetricId === undefined ? 1 : 3);
}

/** Counts in the template what a deployment has whether chargers connect or not. */
export function deployedParts({ resources }: Deployment): DeployedParts {
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const polled = of('AWS::Lambda::EventSourceMapping').filter(({ properties }) =>
    String(properties['EventSourceArn']).includes(':sqs:'),
  );
  const hourly = of('AWS::Events::Rule');
  for (const { address, properties } of hourly) {
    if (properties['ScheduleExpression'] !== 'rate(1 hour)') {
      throw new Error(`${address} runs at another rate than once an hour: count its runs here.`);
    }
  }
  return {
    // That of the authority of chargers is an option, which the local stage has and a stage by default has not.
    signingKeys: of('AWS::KMS::Key').filter(({ address }) => !address.includes('AuthorityKey'))
      .length,
    customMetrics: customMetrics.length + of('AWS::Logs::MetricFilter').length,
    alarms: of('AWS::CloudWatch::Alarm').reduce(
      (sum, { properties }) => sum + watchedMetrics(properties),
      0,
    ),
    compositeAlarms: of('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    polledQueues: polled.length,
    scheduledRuns: hourly.length * runsPerMonth,
    scheduledMegabytes: 256,
  };
}
