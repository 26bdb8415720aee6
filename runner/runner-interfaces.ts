/** A resource of the synthesized template with every intrinsic function resolved. */
export type DeployedResource = {
  /** Name of the stack and logical id, as in `JoulegateData/State1234`. */
  readonly address: string;
  /** CloudFormation type, as in `AWS::SQS::Queue`. */
  readonly type: string;
  /** The value of `Ref`. */
  readonly ref: string;
  /** The values of `Fn::GetAtt`, by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Resolved properties, as CloudFormation spells them. */
  readonly properties: Readonly<Record<string, unknown>>;
};

/** All stacks of the app as they would be deployed. */
export type Deployment = {
  readonly resources: readonly DeployedResource[];
  /** Outputs of all stacks by output name. */
  readonly outputs: Readonly<Record<string, string>>;
};

/** The outcome of a Lambda function for one event. */
export type Invocation =
  | { readonly kind: 'returned'; readonly payload: unknown }
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: 'timed-out'; readonly seconds: number }
  | { readonly kind: 'throttled' };

/** Runs a function of the deployment, by ARN, with one event. */
export type Invoke = (functionArn: string, event: unknown) => Promise<Invocation>;

/** The decision of IAM about one action. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly message: string };

/**
 * Asks the policies of the role behind an access key, and records the action as used when they allow it.
 * An access key that belongs to no function is an administrator's. `leadingKeys`: the partition keys that a request to
 * DynamoDB names.
 */
export type Authorize = (
  accessKeyId: string,
  action: string,
  resourceArn: string,
  leadingKeys?: readonly string[],
) => Verdict;

/** The access key of the role of a function, by function ARN; event source mappings act under it too. */
export type AccessKeyOf = (functionArn: string) => string;

/** A running part of the local stack. */
export type RunningPart = { readonly stop: () => Promise<void> };

/** One thing that AWS would bill, for the bench: `{service:'dynamodb', operation:'PutItem', function:…, units:{write:1}}`. */
export type Usage = {
  readonly service: string;
  readonly operation: string;
  /** Logical address of the calling function, when a function called. */
  readonly caller?: string;
  /** Counted units by name: `request`, `write`, `read`, `milliseconds`, `bytes`, … */
  readonly units: Readonly<Record<string, number>>;
  /** Partition key value for DynamoDB writes, to find hot keys. */
  readonly key?: string;
};

/** Takes note of a usage; does nothing unless somebody counts. */
export type Count = (usage: Usage) => void;

/** Says whether the resource policies of a function let a source call it. */
export type MayInvoke = (functionArn: string, sourceArn: string) => boolean;

/** Writes a line to a log group of the template, by name or ARN: a file in the data directory. */
export type WriteLog = (logGroup: string, line: string) => void;

/** The context every part of the stack is started with; a part uses what it needs. */
export type StackContext = {
  readonly deployment: Deployment;
  readonly invoke: Invoke;
  readonly authorize: Authorize;
  readonly accessKeyOf: AccessKeyOf;
  readonly mayInvoke: MayInvoke;
  readonly writeLog: WriteLog;
  readonly count: Count;
  /** Absolute path; each part keeps its files in a folder of its own below. */
  readonly dataDirectory: string;
};
