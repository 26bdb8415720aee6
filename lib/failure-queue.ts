import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Where Lambda leaves word of stream records that a step could not take, for a person to look at. */
export class FailureQueue extends Construct {
  readonly queueArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest there is: the readings themselves stay in their table, the message only says which.
      retentionPeriod: Duration.days(14),
    });
    this.queueArn = queue.queueArn;
    const last =
      'This queue is the last resort itself: no function reads it, so nothing could fail again.';
    acknowledge(this, { 'AwsSolutions-SQS3': last, 'Serverless-SQSRedrivePolicy': last });
  }
}
