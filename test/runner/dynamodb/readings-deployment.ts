import type { DeployedResource, Deployment } from '../../../runner/runner-interfaces.ts';

const region = 'arn:aws:dynamodb:eu-central-1:000000000000';

/** A table of readings with a stream and a listing. */
export const readingsTable: DeployedResource = {
  address: 'Data/Readings',
  type: 'AWS::DynamoDB::GlobalTable',
  ref: 'readings',
  attributes: {
    Arn: `${region}:table/readings`,
    StreamArn: `${region}:table/readings/stream/2026-01-01T00:00:00.000`,
  },
  properties: {
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['pk', 'sk', 'listKey', 'listSort'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'listing',
        KeySchema: [
          { AttributeName: 'listKey', KeyType: 'HASH' },
          { AttributeName: 'listSort', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  },
};

/** A deployment of that table alone. */
export const readingsDeployment: Deployment = { resources: [readingsTable], outputs: {} };
