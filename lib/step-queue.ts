import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FailureQueue } from './failure-queue.ts';
import { type StepName, steps } from './steps.ts';

/** What a step takes out of a queue. */
export type StepQueueProps = {
  readonly step: StepName;
  /** Times that a message is tried before it is kept for a person to look at. */
  readonly tries: number;
  /** How long a message is held back after it was sent. */
  readonly delay?: Duration;
};

/** Messages that a step processes later, until it can: what is used up ends in a failure queue. */
export class StepQueue extends Construct {
  readonly url: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { step, tries, delay }: StepQueueProps) {
    super(scope, id);
    const failures = new FailureQueue(this, 'Failures');
    const queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Lambda asks for six times the timeout: a message must not come back while the step still has it.
      visibilityTimeout: Duration.seconds(6 * steps[step].seconds),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: failures.queue, maxReceiveCount: tries },
      ...(delay === undefined ? {} : { deliveryDelay: delay }),
    });
    this.url = queue.queueUrl;
    this.arn = queue.queueArn;
  }
}
