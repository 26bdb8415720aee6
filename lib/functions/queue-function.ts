import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../validation/acknowledge.ts';
import { allow } from './grants.ts';
import { JoulegateFunction, type JoulegateFunctionProps } from './joulegate-function.ts';

/** A step that a queue drives. */
export type QueueFunctionProps = JoulegateFunctionProps & {
  readonly queueArn: string;
  /** Where the step itself puts messages that fail by our own error; none where it leaves that to the queue. */
  readonly failures?: IQueue;
  /** 1 to 10. */
  readonly batchSize: number;
  /** Batches at a time, 2 to 1000: what the tables bear that have just come back. */
  readonly width: number;
};

/** A function that empties a queue: what it cannot take comes back when its visibility timeout is over. */
export class QueueFunction extends Construct {
  constructor(scope: Construct, id: string, props: QueueFunctionProps) {
    super(scope, id);
    const { failures } = props;
    const step = new JoulegateFunction(this, 'Step', {
      ...props,
      environment: {
        ...props.environment,
        ...(failures === undefined ? {} : { FAILURES_QUEUE_URL: failures.queueUrl }),
      },
      grants: [
        ...props.grants,
        ...(failures === undefined ? [] : [allow(failures.queueArn, 'sqs:SendMessage')]),
        // The three that Lambda demands of whoever reads a queue.
        allow(props.queueArn, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'),
      ],
    });
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: step.lambda,
      eventSourceArn: props.queueArn,
      batchSize: props.batchSize,
      maxConcurrency: props.width,
      reportBatchItemFailures: true,
    });
    acknowledge(mapping, {
      'Serverless-LambdaEventSourceMappingDestination':
        'A mapping of a queue takes no destination: the queue itself moves what is used up to its dead-letter queue.',
    });
  }
}
