import { Duration } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { boundsOf } from '../functions/steps.ts';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn } from '../settings/stage.ts';
import { FailureQueue, type FailureQueueProps, type Severity } from './failure-queue.ts';

/** The queue that a step reads, and the meaning of a message that it can never process. */
export type StepQueueProps = FailureQueueProps & {
  /** Number of attempts before a message is kept for a person to examine. */
  readonly tries: number;
  /** How long a message is held back after it was sent. */
  readonly delay?: Duration;
};

/** Messages that a step processes later, until it can: what is used up ends in a failure queue. */
export class StepQueue extends Construct {
  readonly url: string;
  readonly arn: string;
  /** Where messages end that are used up, or that the step gives up itself. */
  readonly failures: IQueue;
  /** That of the alarm of the failure queue. */
  readonly severity: Severity;

  constructor(scope: Construct, id: string, props: StepQueueProps) {
    super(scope, id);
    const { stage, step, tries, delay } = props;
    const failures = new FailureQueue(this, 'Failures', props);
    const queue = new Queue(this, 'Queue', {
      queueName: nameIn(stage, step),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Lambda asks for six times the timeout: a message must not come back while the step still has it.
      visibilityTimeout: Duration.seconds(6 * boundsOf(step).seconds),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: failures.queue, maxReceiveCount: tries },
      ...(delay === undefined ? {} : { deliveryDelay: delay }),
    });
    this.failures = failures.queue;
    this.severity = failures.severity;
    this.url = queue.queueUrl;
    this.arn = queue.queueArn;
    keepExported(this, [queue.queueArn, queue.queueUrl]);
  }
}
