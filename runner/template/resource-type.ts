/** The facts about a resource from which its `Ref` and `Fn::GetAtt` values are derived. */
export type ResourceContext = {
  readonly stackName: string;
  readonly logicalId: string;
  readonly region: string;
  readonly account: string;
  /** Ten lower-case letters and digits, the same on every start: for names and ids that AWS would make up. */
  readonly uniqueId: string;
  /** Resolved properties, as CloudFormation spells them. */
  readonly properties: Readonly<Record<string, unknown>>;
};

/** A CloudFormation resource type that the runner knows how to run. */
export type ResourceType = {
  /** As in `AWS::SQS::Queue`. */
  readonly type: string;
  /**
   * Every property the runner knows; any other stops the start by name.
   * `A` alone takes any value; once `A.B` is listed, all keys below `A` must be listed.
   * Lists are transparent: `Attributes.Name` is the name of each item of `Attributes`.
   */
  readonly properties: readonly string[];
  /** The value of `Ref`. */
  readonly ref: (resource: ResourceContext) => string;
  /** The values of `Fn::GetAtt`, by attribute; an attribute missing here stops the start. */
  readonly attributes: (resource: ResourceContext) => Readonly<Record<string, string>>;
};

/** The name in a property, or one made from stack, logical id and unique id as AWS does; at most `limit` characters. */
export function physicalName(resource: ResourceContext, property: string, limit = 64): string {
  const given = resource.properties[property];
  if (typeof given === 'string') {
    return given;
  }
  const suffix = `-${resource.uniqueId}`;
  return `${resource.stackName}-${resource.logicalId}`.slice(0, limit - suffix.length) + suffix;
}

/** ARN of a resource in the account and region of the stack, as in `arn:aws:sqs:eu-central-1:000000000000:queue`. */
export function arnOf(resource: ResourceContext, service: string, name: string): string {
  return `arn:aws:${service}:${resource.region}:${resource.account}:${name}`;
}
