import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  AnomalyDetectionAlarm,
  ComparisonOperator,
  CompositeAlarm,
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
import { logMetric } from './log-metric.ts';

/** The metrics that the alarms of the service watch, and where these are announced. */
export type ServiceAlarmsProps = {
  readonly stage: Stage;
  readonly chargerApiId: string;
  readonly operatorApiId: string;
  readonly stateTable: string;
  readonly readingsTable: string;
  readonly topic: ITopic;
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
 * Alarms of what hurts users before a step gives up. A fault raises several of them: one alarm over all of faults, `service-trouble`, is
 * announced, so that it wakes once.
 */
export class ServiceAlarms extends Construct {
  /** Names of the alarms. */
  readonly names: readonly string[];

  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    const { stage, topic } = props;
    const watches = [...watchesOf(props), ...watchesOfLogs(this, stage), ...watchesOfSpend(props)];
    const made = watches.map((watch) => ({ watch, alarm: this.#alarm(stage, watch) }));
    const faults = made.filter(({ watch }) => watch.lasts !== true).map(({ alarm }) => alarm);
    const silent = this.#silence(props);
    const name = nameIn(stage, 'service-trouble');
    const all = new CompositeAlarm(this, 'Trouble', {
      compositeAlarmName: name,
      alarmDescription:
        'Severity high. At least one alarm of a fault is raised: the system dashboard shows which. See docs/runbook.md#service-trouble',
      alarmRule: AlarmRule.anyOf(...faults, silent),
    });
    const lasting = made.filter(({ watch }) => watch.lasts === true).map(({ alarm }) => alarm);
    for (const announced of [all, ...lasting]) {
      announced.addAlarmAction(new SnsAction(topic));
      announced.addOkAction(new SnsAction(topic));
    }
    this.names = [
      name,
      ...[...watches.map((one) => one.name), silence].map((one) => nameIn(stage, one)),
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

/** A share in percent of `c0` in `c0` and `c1`, where there are at least ten of both in the period. */
const shareOfFirst = {
  expression: 'IF(FILL(c0,0)+FILL(c1,0)>=10,100*FILL(c0,0)/(FILL(c0,0)+FILL(c1,0)),0)',
};

/** Alarms of counts that are in the log lines alone. */
function watchesOfLogs(scope: Construct, stage: Stage): readonly Watch[] {
  const starts = (name: string, measure: string) =>
    logMetric(scope, stage, name, { step: 'ocpp', measure });
  const oldestHeld = logMetric(scope, stage, 'oldest-held', {
    step: 'sweep',
    measure: 'OldestHeldHours',
  });
  const deliveries = (name: string, outcomes: readonly string[]) =>
    logMetric(scope, stage, name, { step: 'webhooks', measure: 'Deliveries', outcomes });
  return [
    {
      name: 'starts-refused',
      severity: 'high',
      consequence: 'More than four in ten starts of sessions are refused: drivers cannot charge.',
      metrics: [starts('refused-starts', 'StartsRefused'), starts('starts', 'SessionsStarted')],
      by: shareOfFirst,
      threshold: 40,
      periods: 3,
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
      by: shareOfFirst,
      threshold: 50,
      periods: 3,
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
      metrics: [ownMetric('MessagesNotProcessed', 'Sum')],
      by: 'SUM',
      threshold: 100,
      periods: 2,
    },
    {
      name: 'cdr-lag',
      severity: 'medium',
      consequence: 'One CDR in ten comes more than half an hour after the stop of its session.',
      metrics: [ownMetric('StopToCdrLag', 'p90')],
      by: 'MAX',
      threshold: 30 * minute * milliseconds,
      periods: 3,
    },
  ];
}
