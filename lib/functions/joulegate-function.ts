import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ownNamespace } from '../dashboards/metrics.ts';
import { nameIn, type Stage } from '../settings/stage.ts';
import { acknowledge } from '../validation/acknowledge.ts';
import { allow } from './grants.ts';
import { boundsOf, type StepName } from './steps.ts';

/** How a function of Joulegate differs from the others. */
export type JoulegateFunctionProps = {
  readonly stage: Stage;
  readonly step: StepName;
  /** Its bundle: one ES module `index.mjs` that exports `handler`. */
  readonly code: Code;
  /** Everything it may do besides writing its log. */
  readonly grants: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
  /**
   * True if it is invoked without anybody waiting for its answer; whoever makes it so says where failures end.
   * @default false
   */
  readonly isAsynchronous?: boolean;
  /** Why no queue takes what fails, where that is another reason than that nobody invokes it asynchronously. */
  readonly whyNoQueue?: string;
  /** Instances that are kept for it, and never exceeded; undefined when it shares those of the account. */
  readonly reservedConcurrency?: number | undefined;
};

/** One step of the flow as a Lambda function: bundled, bounded, with a log and a role of its own. */
export class JoulegateFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly step: StepName;
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: JoulegateFunctionProps) {
    super(scope, id);
    const { stage, step } = props;
    this.step = step;
    const { description, memorySize, seconds } = boundsOf(step);
    const functionName = nameIn(stage, step);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: stage.settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.logGroup = logGroup;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description,
      inlinePolicies: {
        log: new PolicyDocument({
          statements: [allow(logGroup.logGroupArn, 'logs:CreateLogStream', 'logs:PutLogEvents')],
        }),
        // IAM takes no policy without a statement.
        ...(props.grants.length === 0
          ? {}
          : { step: new PolicyDocument({ statements: [...props.grants] }) }),
      },
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      code: props.code,
      handler: 'index.handler',
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(seconds),
      memorySize,
      ...(props.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrentExecutions: props.reservedConcurrency }),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: step,
        POWERTOOLS_METRICS_NAMESPACE: ownNamespace(stage),
        ...props.environment,
      },
    });
    acknowledgeFindings(this, props);
  }
}

const SYNCHRONOUS =
  'Nothing invokes this function asynchronously: an API or the caller sees the failure itself, and a stream has a failure queue of its own.';

function acknowledgeFindings(
  scope: Construct,
  { isAsynchronous, whyNoQueue = SYNCHRONOUS }: JoulegateFunctionProps,
): void {
  acknowledge(scope, {
    ...(isAsynchronous === true
      ? { 'Serverless-LambdaDLQ': 'Its on-failure destination gets each failure with its reason.' }
      : {
          'Serverless-LambdaDLQ': whyNoQueue,
          'Serverless-LambdaAsyncFailureDestination': whyNoQueue,
        }),
    'Serverless-LambdaTracing':
      'Logs and metrics carry the request, session and charger ids; the tracing SDK costs start-up time on every message.',
  });
}
