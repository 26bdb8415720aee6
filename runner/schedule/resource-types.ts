import { arnOf, physicalName, type ResourceType } from '../template/resource-type.ts';

/** Resource types that invoke functions on a schedule, and the handling of failed asynchronous invocations. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::Events::Rule',
    properties: [
      'Description',
      'Name',
      'ScheduleExpression',
      'State',
      'Tags',
      'Targets.Arn',
      'Targets.DeadLetterConfig.Arn',
      'Targets.Id',
      'Targets.Input',
      'Targets.RetryPolicy.MaximumEventAgeInSeconds',
    ],
    ref: (rule) => physicalName(rule, 'Name'),
    attributes: (rule) => ({ Arn: arnOf(rule, 'events', `rule/${physicalName(rule, 'Name')}`) }),
  },
  {
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: [
      'DestinationConfig.OnFailure.Destination',
      'FunctionName',
      'MaximumEventAgeInSeconds',
      'MaximumRetryAttempts',
      'Qualifier',
    ],
    ref: (config) => config.logicalId,
    attributes: () => ({}),
  },
];
