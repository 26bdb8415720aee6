import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FailureQueue } from './failure-queue.ts';
import { steps } from './steps.ts';

// Lambda asks for six times the timeout: a message must not come back while the step still has it.
const VISIBILITY = Duration.seconds(6 * steps.postponed.seconds);

// With the visibility above this is ten hours, longer than tables have ever been out of reach.
const TRIES = 200;

/** Messages of chargers that could not be processed when they came, until they can. */
export class PostponedQueue extends Construct {
  readonly url: string;
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const failures = new FailureQueue(this, 'Failures');
    const queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: VISIBILITY,
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: failures.queue, maxReceiveCount: TRIES },
    });
    this.url = queue.queueUrl;
    this.arn = queue.queueArn;
  }
}
