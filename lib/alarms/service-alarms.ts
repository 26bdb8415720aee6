import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AnomalyDetectionAlarm,
  ComparisonOperator,
  type IAlarm,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { pricedSum, pricedUse } from '../dashboards/cost-widgets.ts';
import {
  apiMetric,
  functionMetric,
  ownMetric,
  queueMetric,
  signatures,
  throttleMetric,
} from '../dashboards/metrics.ts';
import { awaitedSteps, queueSteps, streamSteps } from '../functions/driven-steps.ts';
import type { Severity } from '../queues/failure-queue.ts';
import { nameIn, type Stage } from '../settings/stage.ts';
import { announceTogether } from './announce-together.ts';
import { logMetric } from './log-metric.ts';

/** The metrics that the alarms of the service watch, and where these are announced. */
export type ServiceAlarmsProps = {
  readonly stage: Stage;
  readonly chargerApiId: string;
  readonly operatorApiId: string;
  readonly stateTable: string;
  readonly readingsTable: string;
  readonly topic: ITopic;
  /** The alarm of each failure queue, with its severity. */
  readonly failures: readonly (readonly [Severity, IAlarm])[];
  /** That of the canary, where the stage has one. */
  readonly canary: IAlarm | undefined;
};

/** An alarm, whose name is that of its section in the runbook. */
type Watch = {
  readonly name: string;
  readonly severity: Severity;
  /** One sentence: the consequence for as long as it lasts. */
  readonly consequence: string;
  /** Each costs a tenth of a dollar a month. */
  readonly metrics: readonly IMetric[];
  /** Of several, the highest or the sum counts; otherwise an expression over `c0`, `c1` and so on. */
  readonly by: 'MAX' | 'SUM' | { readonly expression: string };
  /** Alarm above it. */
  readonly threshold: number;
  /** Periods that are looked at, all of which must be above. */
  readonly periods: number;
  /** Length of a period; five unless given. */
  readonly minutes?: number;
  /** Present where it may last for days without a fault of ours: it is announced by itself, and hides no fault that comes meanwhile. */
  readonly lasts?: true;
};

const silence = 'chargers-silent';

const minute = 60;
const milliseconds = 1000;

/**
 * Alarms of what hurts users before a step gives up. A fault raises several of them, and in the end those of failure queues: they are
 * silent, and one over all of a severity is announced, those of failures after that of faults, so that it wakes once. What lasts
 * without a fault of the service is announced by itself, and hides nothing.
 */
export class ServiceAlarms extends Construct {
  /** Names of the alarms, without that of the stage. */
  readonly names: readonly string[];

  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    const { stage, topic, failures, canary } = props;
    const watches = [...watchesOf(props), ...watchesOfLogs(this, stage), ...watchesOfSpend(props)];
    const made = watches.map((watch) => ({ watch, alarm: this.#alarm(stage, watch) }));
    const faults = (severity: Severity): readonly IAlarm[] =>
      made
        .filter(({ watch }) => watch.lasts !== true && watch.severity === severity)
        .map(({ alarm }) => alarm);
    const failing = (severity: Severity): readonly IAlarm[] =>
      failures.filter(([of]) => of === severity).map(([, alarm]) => alarm);
    const first = announceTogether(this, props, {
      name: 'service-trouble',
      severity: 'high',
      consequence:
        'At least one alarm of a severe fault is raised: the system dashboard shows which.',
      over: [...faults('high'), this.#silence(props), ...(canary === undefined ? [] : [canary])],
    });
    const others = [
      announceTogether(this, props, {
        name: 'service-trouble-medium',
        severity: 'medium',
        consequence: 'At least one alarm of a fault is raised: the system dashboard shows which.',
        over: faults('medium'),
        after: first,
      }),
      ...(['high', 'medium', 'low'] as const).map((severity) =>
        announceTogether(this, props, {
          name: `failures-${severity}`,
          severity,
          consequence:
            'Steps gave up on something: the system dashboard shows which, and how many.',
          over: failing(severity),
          after: first,
        }),
      ),
    ];
    for (const { alarm } of made.filter(({ watch }) => watch.lasts === true)) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    this.names = [
      ...[first, ...others].map(({ node }) => node.id),
      ...[...watches.map((one) => one.name), silence],
    ];
  }

  /** Raised by far fewer messages than at that hour of the last days: CloudWatch learns what is usual within two weeks. */
  #silence({ stage, chargerApiId }: ServiceAlarmsProps): Alarm {
    return new AnomalyDetectionAlarm(this, silence, {
      alarmName: nameIn(stage, silence),
      alarmDescription: `Severity high. Chargers send far fewer messages than at this hour of the last days: many are offline. See docs/runbook.md#${silence}`,
      metric: apiMetric(chargerApiId, 'MessageCount'),
      comparisonOperator: ComparisonOperator.LESS_THAN_LOWER_THRESHOLD,
      stdDevs: 3,
      evaluationPeriods: 3,
      // Where nobody sends anything at all, there is no metric either.
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  #alarm(stage: Stage, watch: Watch): Alarm {
    const { name, severity, consequence, metrics, by, threshold, periods } = watch;
    const period = Duration.minutes(watch.minutes ?? 5);
    const [first, ...others] = metrics;
    const used = Object.fromEntries(metrics.map((metric, n) => [`c${n}`, metric]));
    const metric =
      first !== undefined && others.length === 0 && typeof by === 'string'
        ? first
        : new MathExpression({
            expression:
              typeof by === 'string' ? `${by}([${Object.keys(used).join(',')}])` : by.expression,
            usingMetrics: used,
            period,
            label: name,
          });
    return new Alarm(this, name, {
      alarmName: nameIn(stage, name),
      alarmDescription: `Severity ${severity}. ${consequence} See docs/runbook.md#${name}`,
      metric,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold,
      evaluationPeriods: periods,
      // No charger, no message, no metric: that is no trouble.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

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
      severity: 'high',
      consequence: 'More than four in ten starts of sessions are refused: drivers cannot charge.',
      metrics: [refused, started],
      by: shareOr('0'),
      threshold: 40,
      periods: 3,
    },
    {
      name: 'starts-refused-by-hour',
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
      lasts: true,
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
      lasts: true,
      severity: 'low',
      consequence: 'CDRs are held and wait for a decision.',
      metrics: [logMetric(scope, stage, 'held', { step: 'cdr', measure: 'CdrsHeld' })],
      by: 'SUM',
      threshold: 0,
      periods: 1,
    },
    {
      name: 'cdrs-held-too-long',
      lasts: true,
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
function watchesOfSpend(props: ServiceAlarmsProps): readonly Watch[] {
  const { monthlyBudgetUsd } = props.stage.settings;
  if (monthlyBudgetUsd === undefined) return [];
  const priced = pricedUse(props);
  return [
    {
      name: 'spend',
      lasts: true,
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

function watchesOf(props: ServiceAlarmsProps): readonly Watch[] {
  const { stage, chargerApiId, operatorApiId, stateTable, readingsTable } = props;
  const tables = [
    throttleMetric(stateTable, 'ReadThrottleEvents', 'state, reads'),
    throttleMetric(stateTable, 'WriteThrottleEvents', 'state, writes'),
    throttleMetric(readingsTable, 'ReadThrottleEvents', 'readings, reads'),
    throttleMetric(readingsTable, 'WriteThrottleEvents', 'readings, writes'),
  ];
  return [
    {
      name: 'stream-lag',
      severity: 'high',
      consequence: 'Running energy, connector states, CDRs or events lag by more than 15 minutes.',
      metrics: streamSteps.map((step) => functionMetric(stage, step, 'IteratorAge', 'Maximum')),
      by: 'MAX',
      threshold: 15 * minute * milliseconds,
      periods: 2,
    },
    {
      name: 'queue-age',
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
      severity: 'medium',
      consequence: 'DynamoDB refuses requests: messages are postponed and the API answers late.',
      metrics: tables,
      by: 'SUM',
      threshold: 0,
      periods: 3,
    },
    {
      name: 'kms-requests',
      severity: 'medium',
      consequence: 'Four fifths of the signatures that the account may make in a second are used.',
      metrics: [signatures()],
      by: { expression: '100*c0/PERIOD(c0)/SERVICE_QUOTA(c0)' },
      threshold: 80,
      periods: 2,
    },
    {
      name: 'api-errors',
      severity: 'medium',
      consequence: 'The API answers calls with an error of ours.',
      metrics: [apiMetric(operatorApiId, '5xx')],
      by: 'SUM',
      threshold: 5,
      periods: 2,
    },
    {
      name: 'message-errors',
      severity: 'high',
      consequence: 'Messages of chargers fail in API Gateway before a function has answered them.',
      metrics: ['IntegrationError', 'ExecutionError'].map((name) => apiMetric(chargerApiId, name)),
      by: 'SUM',
      threshold: 5,
      periods: 2,
    },
    {
      name: 'messages-not-processed',
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
      severity: 'medium',
      consequence: 'One CDR in ten comes more than half an hour after the stop of its session.',
      metrics: [ownMetric(stage, 'StopToCdrLag', 'p90')],
      by: 'MAX',
      threshold: 30 * minute * milliseconds,
      periods: 3,
    },
  ];
}
