import { arnOf, physicalName, type ResourceType } from '../template/resource-type.ts';

/** Alarms announce nothing on this machine; dashboards are served, and show the alarms whose metrics are collected here. */
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
      'Metrics',
      'Namespace',
      'OKActions',
      'Period',
      'Statistic',
      'Tags',
      'Threshold',
      'ThresholdMetricId',
      'TreatMissingData',
    ],
    ref: (alarm) => physicalName(alarm, 'AlarmName', 255),
    attributes: (alarm) => ({
      Arn: arnOf(alarm, 'cloudwatch', `alarm:${physicalName(alarm, 'AlarmName', 255)}`),
    }),
  },
  {
    type: 'AWS::CloudWatch::CompositeAlarm',
    properties: [
      'ActionsSuppressor',
      'ActionsSuppressorExtensionPeriod',
      'ActionsSuppressorWaitPeriod',
      'AlarmActions',
      'AlarmDescription',
      'AlarmName',
      'AlarmRule',
      'OKActions',
      'Tags',
    ],
    ref: (alarm) => physicalName(alarm, 'AlarmName', 255),
    attributes: (alarm) => ({
      Arn: arnOf(alarm, 'cloudwatch', `alarm:${physicalName(alarm, 'AlarmName', 255)}`),
    }),
  },
  {
    type: 'AWS::CloudWatch::Dashboard',
    properties: ['DashboardBody', 'DashboardName'],
    ref: (dashboard) => physicalName(dashboard, 'DashboardName', 255),
    attributes: () => ({}),
  },
];
