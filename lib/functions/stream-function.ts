import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from './grants.ts';
import { JoulegateFunction, type JoulegateFunctionProps } from './joulegate-function.ts';

/** A pattern for stream records, as event filtering of Lambda spells it. */
export type RecordFilter = Readonly<Record<string, unknown>>;

/** A step that a table's stream drives. */
export type StreamFunctionProps = JoulegateFunctionProps & {
  readonly streamArn: string;
  /** Where records end that it could not take. */
  readonly failures: IQueue;
  /** A record that matches any of them is handed to the step. */
  readonly filters: readonly RecordFilter[];
  readonly batchSize: number;
  /** How long to wait for a fuller batch. */
  readonly batchWindow: Duration;
  /** Batches of one shard at a time, 1 to 10; records of one key stay in order. */
  readonly width: number;
  /** Times that a failing batch is tried again before it goes to the failure queue. */
  readonly retries: number;
};

/** A function that reads a stream: filtered, in batches, and never stuck behind one bad record for ever. */
export class StreamFunction extends Construct {
  constructor(scope: Construct, id: string, props: StreamFunctionProps) {
    super(scope, id);
    const { failures } = props;
    const step = new JoulegateFunction(this, 'Step', {
      ...props,
      // Records that fail for good because of our bug are put there by the step itself.
      environment: { ...props.environment, FAILURES_QUEUE_URL: failures.queueUrl },
      grants: [
        ...props.grants,
        // The four that Lambda demands of whoever reads a stream.
        allow(
          props.streamArn,
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
        ),
        allow(failures.queueArn, 'sqs:SendMessage'),
      ],
    });
    new EventSourceMapping(this, 'Mapping', {
      target: step.lambda,
      eventSourceArn: props.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: props.filters.map((pattern) => ({ pattern: JSON.stringify(pattern) })),
      batchSize: props.batchSize,
      maxBatchingWindow: props.batchWindow,
      parallelizationFactor: props.width,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: props.retries,
      // A stream forgets after a day, and so does what is tried again.
      maxRecordAge: Duration.hours(24),
      // The CDK's own queue destination grants reading the queue too, which Lambda does not do.
      onFailure: { bind: () => ({ destination: failures.queueArn }) },
    });
  }
}
