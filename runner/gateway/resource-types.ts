import type { ResourceContext, ResourceType } from '../template/resource-type.ts';
import { domainNameOf } from './api-domain.ts';

const idOf = (resource: ResourceContext): string => resource.uniqueId;

/** The types of API Gateway that the runner executes; what it does not do is not listed, and stops the start. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::ApiGatewayV2::Api',
    properties: [
      'CorsConfiguration.AllowHeaders',
      'CorsConfiguration.AllowMethods',
      'CorsConfiguration.AllowOrigins',
      'CorsConfiguration.ExposeHeaders',
      'CorsConfiguration.MaxAge',
      'Description',
      'Name',
      'ProtocolType',
      'RouteSelectionExpression',
      'Tags',
    ],
    ref: idOf,
    attributes: (api) => {
      const scheme = api.properties['ProtocolType'] === 'WEBSOCKET' ? 'wss' : 'https';
      return { ApiId: idOf(api), ApiEndpoint: `${scheme}://${domainNameOf(idOf(api))}` };
    },
  },
  {
    type: 'AWS::ApiGatewayV2::Route',
    properties: [
      'ApiId',
      'AuthorizationType',
      'AuthorizerId',
      'OperationName',
      'RouteKey',
      'RouteResponseSelectionExpression',
      'Target',
    ],
    ref: idOf,
    attributes: (route) => ({ RouteId: idOf(route) }),
  },
  {
    type: 'AWS::ApiGatewayV2::RouteResponse',
    properties: ['ApiId', 'RouteId', 'RouteResponseKey'],
    ref: idOf,
    attributes: (response) => ({ RouteResponseId: idOf(response) }),
  },
  {
    type: 'AWS::ApiGatewayV2::Integration',
    properties: [
      'ApiId',
      'Description',
      'IntegrationMethod',
      'IntegrationType',
      'IntegrationUri',
      'PayloadFormatVersion',
      'TimeoutInMillis',
    ],
    ref: idOf,
    attributes: (integration) => ({ IntegrationId: idOf(integration) }),
  },
  {
    type: 'AWS::ApiGatewayV2::Authorizer',
    properties: ['ApiId', 'AuthorizerType', 'AuthorizerUri', 'IdentitySource', 'Name'],
    ref: idOf,
    attributes: (authorizer) => ({ AuthorizerId: idOf(authorizer) }),
  },
  {
    type: 'AWS::ApiGatewayV2::Stage',
    properties: [
      'AccessLogSettings.DestinationArn',
      'AccessLogSettings.Format',
      'ApiId',
      'AutoDeploy',
      'DefaultRouteSettings.ThrottlingBurstLimit',
      'DefaultRouteSettings.ThrottlingRateLimit',
      'Description',
      // By route key; what of a route may be set is checked where stages are read.
      'RouteSettings',
      'StageName',
      'Tags',
    ],
    ref: (stage) => String(stage.properties['StageName']),
    attributes: () => ({}),
  },
  {
    // The role that API Gateway logs through on AWS; the access logs here are files.
    type: 'AWS::ApiGateway::Account',
    properties: ['CloudWatchRoleArn'],
    ref: idOf,
    attributes: (account) => ({ Id: idOf(account) }),
  },
];
