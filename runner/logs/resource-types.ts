import {
  arnOf,
  physicalName,
  type ResourceContext,
  type ResourceType,
} from '../template/resource-type.ts';

const nameOf = (group: ResourceContext): string => physicalName(group, 'LogGroupName', 512);

/** Log groups; class and retention are AWS's to keep: local files grow until they are deleted. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::Logs::LogGroup',
    properties: ['LogGroupClass', 'LogGroupName', 'RetentionInDays', 'Tags'],
    ref: nameOf,
    attributes: (group) => ({ Arn: `${arnOf(group, 'logs', `log-group:${nameOf(group)}`)}:*` }),
  },
  {
    type: 'AWS::Logs::MetricFilter',
    properties: ['FilterPattern', 'LogGroupName', 'MetricTransformations'],
    // Its metric is for alarms that announce nothing here.
    ref: (filter) => physicalName(filter, 'FilterName', 512),
    attributes: () => ({}),
  },
];
