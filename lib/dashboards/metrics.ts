import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { StepName } from '../functions/steps.ts';
import { nameIn, type Stage } from '../settings/stage.ts';

const period = Duration.minutes(5);

/** A metric that Lambda keeps of each function, free of charge. */
export const functionMetric = (
  stage: Stage,
  step: StepName,
  metricName: 'Errors' | 'Throttles' | 'Duration' | 'IteratorAge',
  statistic: 'Sum' | 'p99' | 'Maximum' = 'Sum',
): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: nameIn(stage, step) },
    statistic,
    period,
    label: step,
  });

/** A metric that SQS keeps of a queue of the stage; `queue` is the end of its name. */
export const queueMetric = (
  stage: Stage,
  queue: string,
  metricName: 'ApproximateAgeOfOldestMessage' | 'ApproximateNumberOfMessagesVisible',
): Metric =>
  new Metric({
    namespace: 'AWS/SQS',
    metricName,
    dimensionsMap: { QueueName: nameIn(stage, queue) },
    statistic: 'Maximum',
    period,
    label: queue,
  });

/** A metric that API Gateway keeps of an API. */
export const apiMetric = (
  apiId: string,
  metricName: string,
  statistic = 'Sum',
  label = metricName,
): Metric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: apiId },
    statistic,
    period,
    label,
  });

/** The throttled requests of a table, without those of its indexes, or of one of these. */
export const throttleMetric = (
  tableName: string,
  metricName: 'ReadThrottleEvents' | 'WriteThrottleEvents',
  label: string,
  indexName?: string,
): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: {
      TableName: tableName,
      ...(indexName !== undefined && { GlobalSecondaryIndexName: indexName }),
    },
    statistic: 'Sum',
    period,
    label,
  });

/** Where the functions of a stage write their metrics: those of a test must not raise the alarms of production. */
export const ownNamespace = (stage: Stage): string => nameIn(stage, 'metrics');

/** One of the metrics that the functions of a stage write. */
export const ownMetric = (
  stage: Stage,
  metricName: 'MessagesNotProcessed' | 'StopToCdrLag',
  statistic: string,
  label: string = metricName,
): Metric =>
  new Metric({
    namespace: ownNamespace(stage),
    metricName,
    dimensionsMap: { service: 'joulegate' },
    statistic,
    period,
    label,
  });

/** Requests with an ECC key, of the whole account and Region: what the quota of KMS counts. */
export const signatures = (): Metric =>
  new Metric({
    namespace: 'AWS/Usage',
    metricName: 'CallCount',
    dimensionsMap: {
      Service: 'KMS',
      Type: 'API',
      Resource: 'CryptographicOperationsEcc',
      Class: 'None',
    },
    statistic: 'Sum',
    period,
    label: 'KMS, ECC',
  });
