import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AnomalyDetectionAlarm,
  ComparisonOperator,
  type IAlarm,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { apiMetric } from '../dashboards/metrics.ts';
import type { Severity } from '../queues/failure-queue.ts';
import { nameIn, type Stage } from '../settings/stage.ts';
import { announceTogether } from './announce-together.ts';
import { type TroubleName, troubleOfFailures, troubles } from './troubles.ts';
import type { Watch } from './watch.ts';
import { type WatchedParts, watchesOf } from './watches.ts';

/** The metrics that the alarms of the service watch, and where these are announced. */
export type ServiceAlarmsProps = WatchedParts & {
  readonly topic: ITopic;
  /** The alarm of each failure queue, with its step and severity. */
  readonly failures: readonly (readonly [step: string, Severity, IAlarm])[];
  /** That of the canary, where the stage has one. */
  readonly canary: IAlarm | undefined;
};

const silence = 'chargers-silent';

/**
 * Alarms of what hurts users before a step gives up. A fault raises several of them, and in the end those of failure queues: they are
 * silent, and one for each kind of trouble is announced, after that which explains it, so that a fault wakes once. What nothing else
 * raises is announced by itself.
 */
export class ServiceAlarms extends Construct {
  /** Names of the alarms, without that of the stage. */
  readonly names: readonly string[];

  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    const { stage, topic, failures, canary } = props;
    const watches = watchesOf(this, props);
    const made = watches.map((watch) => ({ watch, alarm: this.#alarm(stage, watch) }));
    const silent: readonly (readonly [TroubleName, IAlarm])[] = [
      ...made.flatMap(({ watch: { trouble }, alarm }) =>
        trouble === undefined ? [] : [[trouble, alarm] as const],
      ),
      ['fleet-silent', this.#silence(props)],
      ...(canary === undefined ? [] : [['charging-fails', canary] as const]),
      ...failures.map(
        ([step, severity, alarm]) => [troubleOfFailures(step, severity), alarm] as const,
      ),
    ];
    const announced = new Map<TroubleName, IAlarm>();
    for (const { name, after, ...trouble } of troubles) {
      const over = silent.flatMap(([of, alarm]) => (of === name ? [alarm] : []));
      if (over.length === 0) continue;
      const first = after === undefined ? undefined : announced.get(after);
      announced.set(
        name,
        announceTogether(this, props, {
          name,
          ...trouble,
          over,
          ...(first === undefined ? {} : { after: first }),
        }),
      );
    }
    for (const { alarm } of made.filter(({ watch }) => watch.trouble === undefined)) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    this.names = [...announced.keys(), ...watches.map((one) => one.name), silence];
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
