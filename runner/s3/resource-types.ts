import { physicalName, type ResourceType } from '../template/resource-type.ts';

/**
 * Buckets, private and encrypted. Their policy is read as the one that refuses what comes without TLS, which no request here
 * crosses a network without; who may use an object is held by the roles. Nothing of a bucket expires here.
 */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::S3::Bucket',
    properties: [
      'BucketEncryption',
      'BucketName',
      'LifecycleConfiguration.Rules.AbortIncompleteMultipartUpload',
      'LifecycleConfiguration.Rules.ExpirationInDays',
      'LifecycleConfiguration.Rules.Id',
      'LifecycleConfiguration.Rules.Prefix',
      'LifecycleConfiguration.Rules.Status',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
      'Tags',
    ],
    ref: (bucket) => physicalName(bucket, 'BucketName'),
    attributes: (bucket) => ({ Arn: `arn:aws:s3:::${physicalName(bucket, 'BucketName')}` }),
  },
  {
    type: 'AWS::S3::BucketPolicy',
    properties: ['Bucket', 'PolicyDocument'],
    ref: (policy) => policy.logicalId,
    attributes: () => ({}),
  },
];
