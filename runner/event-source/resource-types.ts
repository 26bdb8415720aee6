import { arnOf, type ResourceType } from '../template/resource-type.ts';

/** Resource types that deliver stream records and queue messages to functions. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: [
      'BatchSize',
      'BisectBatchOnFunctionError',
      'DestinationConfig.OnFailure.Destination',
      'Enabled',
      'EventSourceArn',
      'FilterCriteria.Filters.Pattern',
      'FunctionName',
      'FunctionResponseTypes',
      'MaximumBatchingWindowInSeconds',
      'MaximumRecordAgeInSeconds',
      'MaximumRetryAttempts',
      'MetricsConfig',
      'ParallelizationFactor',
      'ScalingConfig.MaximumConcurrency',
      'StartingPosition',
      'Tags',
    ],
    ref: (mapping) => mapping.uniqueId,
    attributes: (mapping) => ({
      Id: mapping.uniqueId,
      EventSourceMappingArn: arnOf(mapping, 'lambda', `event-source-mapping:${mapping.uniqueId}`),
    }),
  },
];
