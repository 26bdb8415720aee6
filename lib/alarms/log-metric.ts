import { Duration, Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type IFilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { JoulegateFunction } from '../functions/joulegate-function.ts';
import type { StepName } from '../functions/steps.ts';
import { nameIn, type Stage } from '../settings/stage.ts';

/** Log lines whose counts are added up to a metric: those of a step with a measure, of one outcome or of all. */
export type CountedLines = {
  readonly step: StepName;
  /** The field whose numbers are added up. */
  readonly measure: string;
  readonly outcomes?: readonly string[];
};

/**
 * A metric of the stage alone from log lines that are written anyway, for an alarm: 0.30 USD a month, whatever the fleet. The function
 * of the step must have been made before.
 */
export function logMetric(
  scope: Construct,
  stage: Stage,
  name: string,
  { step, measure, outcomes }: CountedLines,
): Metric {
  const [found] = Stack.of(scope)
    .node.findAll()
    .filter((one) => one instanceof JoulegateFunction)
    .filter((one) => one.step === step);
  if (found === undefined) throw new Error(`The step ${step} has no function yet`);
  const filter = new MetricFilter(scope, name, {
    logGroup: found.logGroup,
    filterPattern: patternOf(measure, outcomes),
    metricNamespace: `${nameIn(stage, 'alarms')}`,
    metricName: name,
    metricValue: `$.${measure}`,
    // A metric that was never counted does not exist: the share of two has to be known before both were.
    defaultValue: 0,
  });
  return filter.metric({ statistic: 'Sum', period: Duration.minutes(5), label: name });
}

function patternOf(measure: string, outcomes: readonly string[] | undefined): IFilterPattern {
  const counts = FilterPattern.numberValue(`$.${measure}`, '>=', 1);
  if (outcomes === undefined) return counts;
  const ended = outcomes.map((one) => FilterPattern.stringValue('$.outcome', '=', one));
  return FilterPattern.all(counts, FilterPattern.any(...ended));
}
