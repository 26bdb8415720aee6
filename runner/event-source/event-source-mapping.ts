import type { DeployedResource, Deployment } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, asList, asStrings } from '../template/json-object.ts';
import { type EventPattern, parseEventPattern } from './event-pattern.ts';

/** How a stream or a queue feeds a function. */
export type EventSourceMapping = {
  /** The same on every start. */
  readonly id: string;
  readonly functionArn: string;
  readonly sourceArn: string;
  /** A record that matches any of them is delivered; without any, every record is. */
  readonly patterns: readonly EventPattern[];
  readonly batchSize: number;
  readonly windowMilliseconds: number;
  readonly fromLatest: boolean;
  /** Batches at a time: per shard of a stream, or altogether of a queue. */
  readonly width: number;
  readonly reportsItemFailures: boolean;
  readonly bisects: boolean;
  /** Infinity: until a batch succeeds. */
  readonly retries: number;
  readonly maxAgeMilliseconds: number;
  /** Queue that hears of records given up on. */
  readonly onFailureArn?: string;
};

/** The mappings of a deployment that are enabled. */
export function eventSourceMappingsOf(deployment: Deployment): readonly EventSourceMapping[] {
  return deployment.resources
    .filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties['Enabled'] !== false)
    .map((resource) => readMapping(resource, deployment));
}

function readMapping(resource: DeployedResource, deployment: Deployment): EventSourceMapping {
  const { properties } = resource;
  const sourceArn = String(properties['EventSourceArn']);
  const isQueue = sourceArn.split(':')[2] === 'sqs';
  const scaling = asJsonObject(properties['ScalingConfig'])['MaximumConcurrency'];
  const onFailure = asJsonObject(asJsonObject(properties['DestinationConfig'])['OnFailure']);
  const destination = onFailure['Destination'];
  const filters = asList(asJsonObject(properties['FilterCriteria'])['Filters']);
  return {
    id: resource.ref,
    functionArn: functionArn(resource, deployment),
    sourceArn,
    patterns: filters.map((filter) => parseEventPattern(String(asJsonObject(filter)['Pattern']))),
    batchSize: numberOr(properties['BatchSize'], isQueue ? 10 : 100),
    windowMilliseconds: numberOr(properties['MaximumBatchingWindowInSeconds'], 0) * 1000,
    fromLatest: properties['StartingPosition'] === 'LATEST',
    width: isQueue ? numberOr(scaling, 5) : numberOr(properties['ParallelizationFactor'], 1),
    reportsItemFailures: asStrings(properties['FunctionResponseTypes']).includes(
      'ReportBatchItemFailures',
    ),
    bisects: properties['BisectBatchOnFunctionError'] === true,
    retries: limitOr(properties['MaximumRetryAttempts']),
    maxAgeMilliseconds: limitOr(properties['MaximumRecordAgeInSeconds']) * 1000,
    ...(typeof destination === 'string' ? { onFailureArn: destination } : {}),
  };
}

function functionArn({ address, properties }: DeployedResource, deployment: Deployment): string {
  const name = properties['FunctionName'];
  const target = deployment.resources.find(
    ({ type, ref, attributes }) =>
      type === 'AWS::Lambda::Function' && (ref === name || attributes['Arn'] === name),
  );
  if (target?.attributes['Arn'] === undefined) {
    throw new StartRefusal('FUNCTION_UNKNOWN', `${address} feeds the unknown function ${name}.`);
  }
  return target.attributes['Arn'];
}

function numberOr(value: unknown, fallback: number): number {
  return value === undefined ? fallback : Number(value);
}

/** AWS writes "without limit" as -1, which is also the default. */
function limitOr(value: unknown): number {
  const limit = numberOr(value, -1);
  return limit < 0 ? Number.POSITIVE_INFINITY : limit;
}
