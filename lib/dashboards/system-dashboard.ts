import { Alarm, AlarmStatusWidget, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { awaitedSteps, queueSteps, streamSteps } from '../functions/driven-steps.ts';
import { type StepName, steps } from '../functions/steps.ts';
import { type DashboardParts, drawn, fullWidth, graph, heading } from './dashboard-parts.ts';
import { errorLines } from './log-widgets.ts';
import { functionMetric, queueMetric, signatures, throttleMetric } from './metrics.ts';

const allSteps = Object.keys(steps) as StepName[];

/** Functions, queues, tables and APIs, row by row. */
export function systemDashboard(
  scope: Construct,
  parts: DashboardParts,
): readonly (readonly IWidget[])[] {
  const { stage, stateTable, readingsTable } = parts;
  const half = { width: 12, height: 8 };
  return [
    [
      heading(
        stage,
        'system',
        'Functions, queues, tables and APIs. Each alarm has its section in docs/runbook.md: meaning, look, cure, and how to know that it ended.',
      ),
    ],
    [
      new AlarmStatusWidget({
        title: 'Alarms',
        width: fullWidth,
        height: 4,
        alarms: parts.alarms.map((arn, n) => Alarm.fromAlarmArn(scope, `Shown${n}`, arn)),
      }),
    ],
    [
      drawn(parts, 'Failure queues', { widget: 'failures' }, half),
      errorLines(stage, { title: 'Errors in the logs', steps: allSteps, ...half }),
    ],
    [
      graph(
        'Errors of functions',
        allSteps.map((step) => functionMetric(stage, step, 'Errors')),
      ),
      graph(
        'Throttled runs of functions that somebody waits for',
        awaitedSteps.map((step) => functionMetric(stage, step, 'Throttles')),
      ),
    ],
    [
      graph(
        'Run time, the longest of a hundred, ms',
        awaitedSteps.map((step) => functionMetric(stage, step, 'Duration', 'p99')),
      ),
      graph(
        'Lag of streams, ms',
        streamSteps.map((step) => functionMetric(stage, step, 'IteratorAge', 'Maximum')),
      ),
    ],
    [
      graph(
        'Age of the oldest message, s',
        queueSteps.map((step) => queueMetric(stage, step, 'ApproximateAgeOfOldestMessage')),
      ),
      graph(
        'Messages in queues',
        queueSteps.map((step) => queueMetric(stage, step, 'ApproximateNumberOfMessagesVisible')),
      ),
    ],
    [
      graph('Throttled requests of tables', [
        throttleMetric(stateTable, 'ReadThrottleEvents', 'state, reads'),
        throttleMetric(stateTable, 'WriteThrottleEvents', 'state, writes'),
        throttleMetric(readingsTable, 'ReadThrottleEvents', 'readings, reads'),
        throttleMetric(readingsTable, 'WriteThrottleEvents', 'readings, writes'),
      ]),
      graph('Requests to KMS, of the account', [signatures()]),
    ],
  ];
}
