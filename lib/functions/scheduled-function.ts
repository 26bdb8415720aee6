import type { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { nameIn } from '../settings/stage.ts';
import { allow } from './grants.ts';
import { JoulegateFunction, type JoulegateFunctionProps } from './joulegate-function.ts';

/** A step that the clock drives. */
export type ScheduledFunctionProps = JoulegateFunctionProps & {
  /** Time between two runs. */
  readonly every: Duration;
  /** Where a run that failed for good leaves its event. */
  readonly failures: IQueue;
};

/**
 * A function that runs again and again. A run that fails is tried once more, unless the next one is due by then; what
 * cannot be run at all, or fails for good, ends in the failure queue.
 */
export class ScheduledFunction extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id);
    const { failures } = props;
    const step = new JoulegateFunction(this, 'Step', {
      ...props,
      isAsynchronous: true,
      grants: [...props.grants, allow(failures.queueArn, 'sqs:SendMessage')],
    });
    new EventInvokeConfig(this, 'Invocation', {
      function: step.lambda,
      retryAttempts: 1,
      maxEventAge: props.every,
      // The CDK's own queue destination grants reading the queue too, which Lambda does not do.
      onFailure: { bind: () => ({ destination: failures.queueArn }) },
    });
    new Rule(this, 'Rule', {
      // The queue lets the rule of this name write to it: it is there before the rule, and in another stack.
      ruleName: nameIn(props.stage, props.step),
      description: `Every ${props.every.toHumanString()}: ${props.step}`,
      schedule: Schedule.rate(props.every),
      targets: [
        new LambdaFunction(step.lambda, {
          deadLetterQueue: Queue.fromQueueArn(this, 'Failures', failures.queueArn),
          maxEventAge: props.every,
        }),
      ],
    });
  }
}
