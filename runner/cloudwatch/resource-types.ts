import { arnOf, physicalName, type ResourceType } from '../template/resource-type.ts';

/** Alarms: they are part of the template, but nothing on this machine collects the metrics that they watch. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: [
      'AlarmActions',
      'AlarmDescription',
      'AlarmName',
      'ComparisonOperator',
      'Dimensions.Name',
      'Dimensions.Value',
      'EvaluationPeriods',
      'MetricName',
      'Namespace',
      'OKActions',
      'Period',
      'Statistic',
      'Tags',
      'Threshold',
      'TreatMissingData',
    ],
    ref: (alarm) => physicalName(alarm, 'AlarmName', 255),
    attributes: (alarm) => ({
      Arn: arnOf(alarm, 'cloudwatch', `alarm:${physicalName(alarm, 'AlarmName', 255)}`),
    }),
  },
];
