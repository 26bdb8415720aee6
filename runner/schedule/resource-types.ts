import { arnOf, physicalName, type ResourceType } from '../template/resource-type.ts';

/** What calls functions by the clock, and how failures of calls that nobody waits for are dealt with. */
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
