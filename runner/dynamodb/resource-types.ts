import {
  arnOf,
  physicalName,
  type ResourceContext,
  type ResourceType,
} from '../template/resource-type.ts';

const keys = [
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes.IndexName',
  'GlobalSecondaryIndexes.KeySchema',
  'GlobalSecondaryIndexes.Projection',
  'KeySchema',
  'StreamSpecification.StreamViewType',
  'TableName',
  'TimeToLiveSpecification.AttributeName',
  'TimeToLiveSpecification.Enabled',
] as const;

/** Tables: what protects data on AWS (encryption, backup, deletion protection) has no meaning on one machine. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::DynamoDB::GlobalTable',
    properties: [
      ...keys,
      'Replicas.ContributorInsightsSpecification',
      'Replicas.DeletionProtectionEnabled',
      'Replicas.GlobalSecondaryIndexes.IndexName',
      'Replicas.PointInTimeRecoverySpecification',
      'Replicas.Region',
      'Replicas.Tags',
      'SSESpecification',
      'WarmThroughput',
      'WriteOnDemandThroughputSettings',
    ],
    ref: (table) => physicalName(table, 'TableName', 255),
    attributes,
  },
  {
    type: 'AWS::DynamoDB::Table',
    properties: [
      ...keys,
      'ContributorInsightsSpecification',
      'DeletionProtectionEnabled',
      'OnDemandThroughput',
      'PointInTimeRecoverySpecification',
      'SSESpecification',
      'Tags',
      'WarmThroughput',
    ],
    ref: (table) => physicalName(table, 'TableName', 255),
    attributes,
  },
];

function attributes(table: ResourceContext): Readonly<Record<string, string>> {
  const arn = arnOf(table, 'dynamodb', `table/${physicalName(table, 'TableName', 255)}`);
  return {
    Arn: arn,
    TableId: table.uniqueId,
    ...(table.properties['StreamSpecification'] === undefined
      ? {}
      : { StreamArn: `${arn}/stream/2026-01-01T00:00:00.000` }),
  };
}
