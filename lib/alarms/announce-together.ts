import { Duration } from 'aws-cdk-lib';
import { AlarmRule, CompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Severity } from '../queues/failure-queue.ts';
import { nameIn, type Stage } from '../settings/stage.ts';

/** Alarms of one kind of trouble, and of one severity, that are announced as one. */
export type Together = {
  /** The name of the alarm over them, which is that of its section in the runbook. */
  readonly name: string;
  readonly severity: Severity;
  /** One sentence: what it means that any of them is raised. */
  readonly consequence: string;
  readonly over: readonly IAlarm[];
  /** While this one is raised, it was announced already, or will be: what still is raised after it is announced then. */
  readonly after?: IAlarm;
};

/** Longer than the time between two alarms of one fault: an evaluation of five minutes, and its delay. */
const wait = Duration.minutes(10);

/** The alarm over all of some, which are silent themselves: raised while any of them is. */
export function announceTogether(
  scope: Construct,
  { stage, topic }: { readonly stage: Stage; readonly topic: ITopic },
  { name, severity, consequence, over, after }: Together,
): IAlarm {
  const alarm = new CompositeAlarm(scope, name, {
    compositeAlarmName: nameIn(stage, name),
    alarmDescription: `Severity ${severity}. ${consequence} See docs/runbook.md#${name}`,
    alarmRule: AlarmRule.anyOf(...over),
    ...(after === undefined
      ? {}
      : {
          actionsSuppressor: after,
          actionsSuppressorWaitPeriod: wait,
          actionsSuppressorExtensionPeriod: wait,
        }),
  });
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
  return alarm;
}
