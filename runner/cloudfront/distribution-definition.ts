import { unsupportedValue } from '../gateway/unsupported-value.ts';
import type { DeployedResource, Deployment } from '../runner-interfaces.ts';
import { asJsonObject, asList, asStrings, type JsonObject } from '../template/json-object.ts';
import type { ErrorCachingSeconds } from './error-cache.ts';

/** A distribution of the template: one origin behind one behaviour, with or without a function in front. */
export type DistributionDefinition = {
  readonly address: string;
  readonly distributionId: string;
  readonly domainName: string;
  readonly originDomainName: string;
  /** In front of every path: empty, or with a slash first and none last. */
  readonly originPath: string;
  /** How long the origin may take to answer. */
  readonly readTimeoutSeconds: number;
  readonly allowedMethods: readonly string[];
  readonly errorCachingSeconds: ErrorCachingSeconds;
  /** The function that sees each request first; undefined without one. */
  readonly viewerRequest: ViewerRequestFunction | undefined;
};

/** A function of the template by its address, and its source. */
type ViewerRequestFunction = { readonly address: string; readonly code: string };

const defaultReadTimeoutSeconds = 30;

// Managed policies: nothing is cached, and the origin gets everything of the request but its Host header.
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** The distributions of a deployment; refuses by name what the runner does not execute. */
export function readDistributions(deployment: Deployment): readonly DistributionDefinition[] {
  return deployment.resources
    .filter(({ type }) => type === 'AWS::CloudFront::Distribution')
    .map((distribution) => readDistribution(distribution, deployment));
}

function readDistribution(
  { address, ref, attributes, properties }: DeployedResource,
  deployment: Deployment,
): DistributionDefinition {
  const config = asJsonObject(properties['DistributionConfig']);
  const behavior = asJsonObject(config['DefaultCacheBehavior']);
  checkValues(address, config, behavior);
  const origin = asList(config['Origins'])
    .map(asJsonObject)
    .find(({ Id }) => Id === behavior['TargetOriginId']);
  if (origin === undefined) {
    throw unsupportedValue(address, 'TargetOriginId', behavior['TargetOriginId']);
  }
  return {
    address,
    distributionId: ref,
    domainName: attributes['DomainName'] ?? '',
    originDomainName: String(origin['DomainName']),
    originPath: String(origin['OriginPath'] ?? ''),
    readTimeoutSeconds: Number(
      asJsonObject(origin['CustomOriginConfig'])['OriginReadTimeout'] ?? defaultReadTimeoutSeconds,
    ),
    allowedMethods: asStrings(behavior['AllowedMethods'] ?? ['GET', 'HEAD']),
    errorCachingSeconds: readErrorCaching(config),
    viewerRequest: readViewerRequest(address, behavior, deployment),
  };
}

function readErrorCaching(config: JsonObject): ErrorCachingSeconds {
  const responses = asList(config['CustomErrorResponses'] ?? []).map(asJsonObject);
  return new Map(
    responses.flatMap(({ ErrorCode, ErrorCachingMinTTL }) =>
      ErrorCachingMinTTL === undefined ? [] : [[Number(ErrorCode), Number(ErrorCachingMinTTL)]],
    ),
  );
}

function checkValues(address: string, config: JsonObject, behavior: JsonObject): void {
  const supported: readonly (readonly [string, unknown, unknown])[] = [
    ['Enabled', config['Enabled'], true],
    ['CachePolicyId', behavior['CachePolicyId'], cachingDisabled],
    ['OriginRequestPolicyId', behavior['OriginRequestPolicyId'], allViewerExceptHostHeader],
    // The runner speaks plain http and ws only.
    ['ViewerProtocolPolicy', behavior['ViewerProtocolPolicy'], 'allow-all'],
  ];
  for (const [property, value, expected] of supported) {
    if (value !== expected) {
      throw unsupportedValue(address, property, value);
    }
  }
}

function readViewerRequest(
  address: string,
  behavior: JsonObject,
  deployment: Deployment,
): ViewerRequestFunction | undefined {
  const [association, ...others] = asList(behavior['FunctionAssociations']).map(asJsonObject);
  if (association === undefined) {
    return undefined;
  }
  if (association['EventType'] !== 'viewer-request' || others.length > 0) {
    throw unsupportedValue(address, 'FunctionAssociations', behavior['FunctionAssociations']);
  }
  const edgeFunction = deployment.resources.find(
    ({ type, ref }) => type === 'AWS::CloudFront::Function' && ref === association['FunctionARN'],
  );
  const { FunctionCode, FunctionConfig, AutoPublish } = edgeFunction?.properties ?? {};
  const runtime = asJsonObject(FunctionConfig)['Runtime'];
  if (edgeFunction === undefined || AutoPublish !== true || runtime !== 'cloudfront-js-2.0') {
    throw unsupportedValue(edgeFunction?.address ?? address, 'Runtime', runtime);
  }
  return { address: edgeFunction.address, code: String(FunctionCode) };
}
