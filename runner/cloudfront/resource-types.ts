import { cloudLocation } from '../template/cloud-location.ts';
import {
  physicalName,
  type ResourceContext,
  type ResourceType,
} from '../template/resource-type.ts';

const arnOf = (edgeFunction: ResourceContext): string =>
  `arn:aws:cloudfront::${cloudLocation.account}:function/${physicalName(edgeFunction, 'Name')}`;

/** The types of CloudFront that the runner executes; what it does not do is not listed, and stops the start. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::CloudFront::Function',
    properties: [
      'AutoPublish',
      'FunctionCode',
      'FunctionConfig.Comment',
      'FunctionConfig.Runtime',
      'Name',
    ],
    ref: arnOf,
    attributes: (edgeFunction) => ({
      FunctionARN: arnOf(edgeFunction),
      'FunctionMetadata.FunctionARN': arnOf(edgeFunction),
    }),
  },
  {
    type: 'AWS::CloudFront::Distribution',
    properties: [
      'DistributionConfig.Comment',
      'DistributionConfig.CustomErrorResponses.ErrorCachingMinTTL',
      'DistributionConfig.CustomErrorResponses.ErrorCode',
      'DistributionConfig.DefaultCacheBehavior.AllowedMethods',
      'DistributionConfig.DefaultCacheBehavior.CachePolicyId',
      'DistributionConfig.DefaultCacheBehavior.Compress',
      'DistributionConfig.DefaultCacheBehavior.FunctionAssociations.EventType',
      'DistributionConfig.DefaultCacheBehavior.FunctionAssociations.FunctionARN',
      'DistributionConfig.DefaultCacheBehavior.OriginRequestPolicyId',
      'DistributionConfig.DefaultCacheBehavior.TargetOriginId',
      'DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy',
      'DistributionConfig.Enabled',
      'DistributionConfig.HttpVersion',
      'DistributionConfig.IPV6Enabled',
      'DistributionConfig.Origins.ConnectionAttempts',
      'DistributionConfig.Origins.ConnectionTimeout',
      'DistributionConfig.Origins.CustomOriginConfig.OriginProtocolPolicy',
      'DistributionConfig.Origins.CustomOriginConfig.OriginReadTimeout',
      'DistributionConfig.Origins.CustomOriginConfig.OriginSSLProtocols',
      'DistributionConfig.Origins.DomainName',
      'DistributionConfig.Origins.Id',
      'DistributionConfig.Origins.OriginPath',
    ],
    ref: (distribution) => distributionId(distribution),
    attributes: (distribution) => ({
      DomainName: `d${distribution.uniqueId}.cloudfront.net`,
      Id: distributionId(distribution),
    }),
  },
];

function distributionId({ uniqueId }: ResourceContext): string {
  return `E${uniqueId.toUpperCase()}`;
}
