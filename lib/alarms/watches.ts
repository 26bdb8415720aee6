import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { pricedSum, pricedUse } from '../dashboards/cost-widgets.ts';
import {
  apiMetric,
  functionMetric,
  ownMetric,
  queueMetric,
  signatures,
  throttleMetric,
} from '../dashboards/metrics.ts';
import { stateIndexes } from '../data/state-table.ts';
import { awaitedSteps, chargerSteps, queueSteps, streamSteps } from '../functions/driven-steps.ts';
import type { Stage } from '../settings/stage.ts';
import { logMetric } from './log-metric.ts';
import type { Watch } from './watch.ts';

/** The metrics of a stage that its alarms watch, by what they are of. */
export type WatchedParts = {
  readonly stage: Stage;
  readonly chargerApiId: string;
  readonly operatorApiId: string;
  readonly stateTable: string;
  readonly readingsTable: string;
};

const minute = 60;
const milliseconds = 1000;

/** The alarms of a stage, but for those of silence, of its canary and of failure queues. */
export const watchesOf = (scope: Construct, parts: WatchedParts): readonly Watch[] => [
  ...watchesOfMetrics(parts),
  ...watchesOfLogs(scope, parts.stage),
  ...watchesOfSpend(parts),
];

/** The share in percent of `c0` in `c0` and `c1`, where there are at least ten of both in the period; otherwise something else. */
const shareOr = (fewer: string) => ({
  expression: `IF(FILL(c0,0)+FILL(c1,0)>=10,100*FILL(c0,0)/(FILL(c0,0)+FILL(c1,0)),${fewer})`,
});

/** In percent, where there are few: 100 if at least three of `c0` came and none of `c1`, otherwise 0. */
const noneOfSecond = 'IF(FILL(c1,0)==0,IF(FILL(c0,0)>=3,100,0),0)';

/** Alarms of counts that are in the log lines alone. */
function watchesOfLogs(scope: Construct, stage: Stage): readonly Watch[] {
  const starts = (name: string, measure: string) =>
    logMetric(scope, stage, name, { step: 'ocpp', measure });
  const refused = starts('refused-starts', 'StartsRefused');
  // Not the sessions that began: one whose token was refused is counted among these, too.
  const started = starts('starts', 'StartsAccepted');
  const refusedOfStarts = (hours: number): readonly IMetric[] =>
    [refused, started].map((metric) => metric.with({ period: Duration.hours(hours) }));
  const oldestHeld = logMetric(scope, stage, 'oldest-held', {
    step: 'sweep',
    measure: 'OldestHeldHours',
  });
  const deliveries = (name: string, outcomes: readonly string[]) =>
    logMetric(scope, stage, name, { step: 'webhooks', measure: 'Deliveries', outcomes }).with({
      // A receiver that fails is tried again after minutes, then after hours.
      period: Duration.hours(6),
    });
  return [
    {
      name: 'starts-refused',
      trouble: 'drivers-refused',
      severity: 'high',
      consequence: 'More than four in ten starts of sessions are refused: drivers cannot charge.',
      metrics: [refused, started],
      by: shareOr('0'),
      threshold: 40,
      periods: 3,
    },
    {
      name: 'starts-refused-by-hour',
      trouble: 'drivers-refused',
      severity: 'high',
      consequence:
        'More than four in ten starts of sessions have been refused for two hours: drivers cannot charge.',
      metrics: refusedOfStarts(1),
      by: shareOr('0'),
      threshold: 40,
      periods: 2,
      minutes: 60,
    },
    {
      name: 'starts-refused-all-day',
      trouble: 'drivers-refused',
      severity: 'high',
      consequence: 'Every start of a session was refused for a day: no driver can charge.',
      metrics: refusedOfStarts(24),
      // One start that succeeds ends it: a share of the whole day would hide for hours what comes after.
      by: { expression: noneOfSecond },
      threshold: 0,
      periods: 1,
      minutes: 24 * 60,
    },
    {
      name: 'deliveries-failing',
      severity: 'medium',
      consequence:
        'More than half of the deliveries to webhooks, partners and payment providers fail.',
      metrics: [
        deliveries('failed-deliveries', ['again', 'failed', 'given-up']),
        // Looks at payments that their provider answered are among them, as those that it did not answer are above.
        deliveries('deliveries', ['delivered', 'looked', 'goes-on', 'finished']),
      ],
      by: shareOr(noneOfSecond),
      threshold: 50,
      periods: 1,
      minutes: 6 * 60,
    },
    {
      name: 'cdrs-held',
      severity: 'low',
      consequence: 'CDRs are held and wait for a decision.',
      metrics: [logMetric(scope, stage, 'held', { step: 'cdr', measure: 'CdrsHeld' })],
      by: 'SUM',
      threshold: 0,
      periods: 1,
    },
    {
      name: 'cdrs-held-too-long',
      severity: 'medium',
      consequence: 'A session that ended more than a week ago is not billed: its CDR is held.',
      // The sweep of a large fleet takes several runs to see all of it, one an hour.
      metrics: [oldestHeld.with({ statistic: 'Maximum', period: Duration.hours(6) })],
      by: 'MAX',
      threshold: 7 * 24,
      periods: 1,
    },
  ];
}

/** The alarm of what a day costs, where the stage has a budget. */
function watchesOfSpend(props: WatchedParts): readonly Watch[] {
  const { monthlyBudgetUsd } = props.stage.settings;
  if (monthlyBudgetUsd === undefined) return [];
  const priced = pricedUse(props);
  return [
    {
      name: 'spend',
      severity: 'medium',
      consequence: 'The use of a day cost more than twice a thirtieth of the monthly budget.',
      metrics: priced.map(([metric]) => metric),
      by: { expression: pricedSum(priced.map(([, price]) => price)) },
      threshold: (2 * monthlyBudgetUsd) / 30,
      periods: 1,
      minutes: 24 * 60,
    },
  ];
}

function watchesOfMetrics(props: WatchedParts): readonly Watch[] {
  const { stage, chargerApiId, operatorApiId, stateTable, readingsTable } = props;
  const tables = [
    throttleMetric(stateTable, 'ReadThrottleEvents', 'state, reads'),
    throttleMetric(stateTable, 'WriteThrottleEvents', 'state, writes'),
    throttleMetric(readingsTable, 'ReadThrottleEvents', 'readings, reads'),
    throttleMetric(readingsTable, 'WriteThrottleEvents', 'readings, writes'),
    // Those of a table are without its indexes, of which a single one that refuses a write has all of it refused.
    ...stateIndexes.map((index) =>
      throttleMetric(stateTable, 'WriteThrottleEvents', `state, writes to ${index}`, index),
    ),
  ];
  // An alarm takes ten metrics.
  const readsOfIndexes = stateIndexes.map((index) =>
    throttleMetric(stateTable, 'ReadThrottleEvents', `state, reads of ${index}`, index),
  );
  return [
    {
      name: 'stream-lag',
      trouble: 'processing-late',
      severity: 'high',
      consequence: 'Running energy, connector states, CDRs or events lag by more than 15 minutes.',
      metrics: streamSteps.map((step) => functionMetric(stage, step, 'IteratorAge', 'Maximum')),
      by: 'MAX',
      threshold: 15 * minute * milliseconds,
      periods: 2,
    },
    {
      name: 'queue-age',
      trouble: 'processing-late',
      severity: 'high',
      consequence:
        'Messages, commands, corrections or deliveries have waited for more than an hour.',
      metrics: queueSteps.map((step) => queueMetric(stage, step, 'ApproximateAgeOfOldestMessage')),
      by: 'MAX',
      threshold: 60 * minute,
      periods: 2,
    },
    {
      name: 'function-throttles',
      trouble: 'service-trouble',
      severity: 'high',
      consequence:
        'Chargers or callers of the API are refused, for the account has no instance left.',
      metrics: awaitedSteps.map((step) => functionMetric(stage, step, 'Throttles')),
      by: 'SUM',
      threshold: 0,
      periods: 2,
    },
    {
      name: 'table-throttles',
      trouble: 'service-trouble',
      severity: 'high',
      consequence: 'DynamoDB refuses requests: messages are postponed and the API answers late.',
      metrics: tables,
      by: 'SUM',
      threshold: 0,
      periods: 3,
    },
    {
      name: 'index-throttles',
      trouble: 'service-trouble',
      severity: 'high',
      consequence: 'DynamoDB refuses reads of an index: lists fail, and whoever reads them waits.',
      metrics: readsOfIndexes,
      by: 'SUM',
      threshold: 0,
      periods: 3,
    },
    {
      name: 'kms-requests',
      trouble: 'service-trouble',
      severity: 'high',
      consequence: 'Four fifths of the signatures that the account may make in a second are used.',
      metrics: [signatures()],
      by: { expression: '100*c0/PERIOD(c0)/SERVICE_QUOTA(c0)' },
      threshold: 80,
      periods: 2,
    },
    {
      name: 'api-errors',
      trouble: 'api-failing',
      severity: 'medium',
      consequence: 'The API answers calls with an error of ours.',
      metrics: [apiMetric(operatorApiId, '5xx')],
      by: 'SUM',
      threshold: 5,
      periods: 2,
    },
    {
      name: 'message-errors',
      trouble: 'service-trouble',
      severity: 'high',
      consequence:
        'Handshakes or messages of chargers fail: a function ended with an error, or could not be called.',
      // Not `IntegrationError`, which counts each handshake that is refused: a charger with a wrong password would raise it for days.
      metrics: [
        apiMetric(chargerApiId, 'ExecutionError'),
        ...chargerSteps.map((step) => functionMetric(stage, step, 'Errors')),
      ],
      by: 'MAX',
      threshold: 5,
      periods: 2,
    },
    {
      name: 'messages-not-processed',
      trouble: 'messages-unused',
      severity: 'medium',
      consequence:
        'More than a hundred messages of chargers in five minutes were unusable, refused, postponed or failed.',
      metrics: [ownMetric(stage, 'MessagesNotProcessed', 'Sum')],
      by: 'SUM',
      threshold: 100,
      periods: 2,
    },
    {
      name: 'cdr-lag',
      trouble: 'cdrs-late',
      severity: 'medium',
      consequence: 'One CDR in ten comes more than half an hour after the stop of its session.',
      metrics: [ownMetric(stage, 'StopToCdrLag', 'p90')],
      by: 'MAX',
      threshold: 30 * minute * milliseconds,
      periods: 3,
    },
  ];
}
