import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StepName } from '../functions/steps.ts';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';
import { acknowledge } from '../validation/acknowledge.ts';

/** How soon a person must act: `high` within the hour, `medium` within the day, `low` within the week. */
export type Severity = 'high' | 'medium' | 'low';

/** The surroundings that every queue of a stage shares. */
export type QueueSurroundings = {
  readonly stage: Stage;
  readonly alarms: ITopic;
};

/** Whose failures a queue keeps, and what they mean to an operator. */
export type FailureQueueProps = QueueSurroundings & {
  readonly step: StepName;
  readonly severity: Severity;
  /** One sentence: the consequence for as long as a message is in the queue. */
  readonly consequence: string;
};

/**
 * Queue of the stream records and messages that a step could not process, for a person to examine.
 * A message in it raises the alarm of the same name, which has its section in `docs/runbook.md`.
 */
export class FailureQueue extends Construct {
  readonly queue: IQueue;
  readonly severity: Severity;
  readonly #props: FailureQueueProps;

  constructor(scope: Construct, id: string, props: FailureQueueProps) {
    super(scope, id);
    this.#props = props;
    const { stage, step, severity, consequence, alarms } = props;
    const name = nameIn(stage, `${step}-failures`);
    const queue = new Queue(this, 'Queue', {
      queueName: name,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest there is: a message in here waits until our error is fixed.
      retentionPeriod: Duration.days(14),
    });
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: name,
      alarmDescription: `Severity ${severity}. ${consequence} See docs/runbook.md#${step}-failures`,
      metric: queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 1,
      // SQS reports nothing of a queue that nobody touched for six hours: a message in it is still there.
      treatMissingData: TreatMissingData.IGNORE,
    });
    // Among all alarms one over those of a severity is announced, so that a fault of several steps wakes once.
    if (stage.settings.alarms !== 'all') {
      alarm.addAlarmAction(new SnsAction(alarms));
      alarm.addOkAction(new SnsAction(alarms));
    }
    this.queue = queue;
    this.severity = severity;
    keepExported(this, [queue.queueArn, queue.queueUrl]);
    const last =
      'This queue is the last resort itself: no function reads it, so nothing could fail again.';
    acknowledge(this, { 'AwsSolutions-SQS3': last, 'Serverless-SQSRedrivePolicy': last });
  }

  /** Lets the rule of the step, which has the step's name, leave the event here when it cannot call the function. */
  takeFromRule(): void {
    const { stage, step } = this.#props;
    const rule = Stack.of(this).formatArn({
      service: 'events',
      resource: 'rule',
      resourceName: nameIn(stage, step),
    });
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule } },
      }),
    );
  }
}
