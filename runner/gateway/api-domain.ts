import { cloudLocation } from '../template/cloud-location.ts';

/** Host name that API Gateway gives an API. */
export function domainNameOf(apiId: string): string {
  const { region, urlSuffix } = cloudLocation;
  return `${apiId}.execute-api.${region}.${urlSuffix}`;
}

/** ARN below which routes, authorizers and connections of an API are named. */
export function executeApiArn(apiId: string, path: string): string {
  const { partition, region, account } = cloudLocation;
  return `arn:${partition}:execute-api:${region}:${account}:${apiId}/${path}`;
}
