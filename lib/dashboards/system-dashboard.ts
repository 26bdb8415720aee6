import { Alarm, AlarmStatusWidget, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { awaitedSteps, queueSteps, streamSteps } from '../functions/driven-steps.ts';
import { type StepName, steps } from '../functions/steps.ts';
import {
  type DashboardParts,
  drawn,
  fullWidth,
  graph,
  heading,
  section,
} from './dashboard-parts.ts';
import { countsByOutcome, errorLines, timesOfCommands } from './log-widgets.ts';
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
    [section('Commands and roaming')],
    [
      drawn(
        parts,
        'Commands that ended in the last day',
        { widget: 'commands' },
        { width: 12, height: 6 },
      ),
      timesOfCommands(stage, {
        title: 'Time from the acceptance of a command to the answer of the charger, ms',
        steps: ['ocpp'],
        width: 12,
        height: 6,
      }),
    ],
    [
      countsByOutcome(stage, 'Requests', {
        title: 'Calls of roaming partners, by outcome',
        steps: ['ocpi'],
        width: 12,
        height: 6,
      }),
      countsByOutcome(stage, 'Deliveries', {
        title: 'Deliveries to webhooks and partners, by outcome',
        steps: ['webhooks', 'partners'],
        width: 12,
        height: 6,
      }),
    ],
    [section('Functions, queues and tables')],
    [
      graph(
        'Errors of functions',
        // Whoever presses a button sees its error; a dashboard has 50 metrics free of charge.
        allSteps
          .filter((step) => step !== 'actions')
          .map((step) => functionMetric(stage, step, 'Errors')),
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
