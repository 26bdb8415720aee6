import { resourceTypes as edgeTypes } from '../../../runner/cloudfront/resource-types.ts';
import { resourceTypes } from '../../../runner/gateway/resource-types.ts';
import type { Deployment } from '../../../runner/runner-interfaces.ts';
import { deployAssembly } from '../../../runner/template/deploy-assembly.ts';

/** ARN of a function that only a test answers for. */
const functionArn = (name: string): string =>
  `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;

const invocationUri = (name: string): string =>
  `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${functionArn(name)}/invocations`;

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

const integration = (api: string, uri: string, more = {}) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: { Ref: api },
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: uri,
    ...more,
  },
});

const route = (api: string, key: string, target: string, more = {}) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: api },
    RouteKey: key,
    Target: { 'Fn::Join': ['', ['integrations/', { Ref: target }]] },
    ...more,
  },
});

/** A WebSocket API with an authorizer, `$default` with and `quiet` without a reply, as CDK writes it. */
export const webSocketResources = (stage: Record<string, unknown> = {}): Resources => ({
  Sockets: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: {
      Name: 'Sockets',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    },
  },
  SocketStage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Sockets' }, AutoDeploy: true, StageName: 'ocpp', ...stage },
  },
  Authorizer: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ApiId: { Ref: 'Sockets' },
      AuthorizerType: 'REQUEST',
      AuthorizerUri: invocationUri('authorizer'),
      IdentitySource: ['route.request.header.Sec-WebSocket-Key'],
      Name: 'Authorizer',
    },
  },
  Connect: integration('Sockets', invocationUri('connect')),
  Message: integration('Sockets', invocationUri('message')),
  Quiet: integration('Sockets', invocationUri('quiet')),
  Disconnect: integration('Sockets', invocationUri('disconnect')),
  ConnectRoute: route('Sockets', '$connect', 'Connect', {
    AuthorizationType: 'CUSTOM',
    AuthorizerId: { Ref: 'Authorizer' },
  }),
  MessageRoute: route('Sockets', '$default', 'Message', {
    RouteResponseSelectionExpression: '$default',
  }),
  MessageResponse: {
    Type: 'AWS::ApiGatewayV2::RouteResponse',
    Properties: {
      ApiId: { Ref: 'Sockets' },
      RouteId: { Ref: 'MessageRoute' },
      RouteResponseKey: '$default',
    },
  },
  QuietRoute: route('Sockets', 'quiet', 'Quiet'),
  DisconnectRoute: route('Sockets', '$disconnect', 'Disconnect'),
});

/** The same API with its routes chosen otherwise, and one more route that replies. */
export const withRoutes = (
  resources: Resources,
  { selection, answered }: { readonly selection: string; readonly answered: string },
): Resources => ({
  ...resources,
  Sockets: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { ...resources['Sockets']?.Properties, RouteSelectionExpression: selection },
  },
  AnsweredRoute: route('Sockets', answered, 'Message', {
    RouteResponseSelectionExpression: '$default',
  }),
  AnsweredResponse: {
    Type: 'AWS::ApiGatewayV2::RouteResponse',
    Properties: {
      ApiId: { Ref: 'Sockets' },
      RouteId: { Ref: 'AnsweredRoute' },
      RouteResponseKey: '$default',
    },
  },
});

/** An HTTP API; every route is answered by the function `api`. */
export const httpResources = (
  routes: readonly string[],
  stage: Record<string, unknown> = {},
  api: Record<string, unknown> = {},
): Resources => ({
  Http: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: 'Http', ProtocolType: 'HTTP', ...api },
  },
  HttpStage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Http' }, AutoDeploy: true, StageName: '$default', ...stage },
  },
  Api: integration('Http', functionArn('api'), { PayloadFormatVersion: '2.0' }),
  ...Object.fromEntries(routes.map((key, at) => [`Route${at}`, route('Http', key, 'Api')])),
});

/** A distribution in front of the WebSocket API, with a function that sees each request first. */
export const distributionResources = (code: string): Resources => ({
  Path: {
    Type: 'AWS::CloudFront::Function',
    Properties: {
      AutoPublish: true,
      FunctionCode: code,
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
      Name: 'path',
    },
  },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        DefaultCacheBehavior: {
          AllowedMethods: ['GET', 'HEAD'],
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          FunctionAssociations: [
            {
              EventType: 'viewer-request',
              FunctionARN: { 'Fn::GetAtt': ['Path', 'FunctionARN'] },
            },
          ],
          OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
          TargetOriginId: 'origin',
          ViewerProtocolPolicy: 'allow-all',
        },
        Enabled: true,
        Origins: [
          {
            CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
            DomainName: {
              'Fn::Join': ['', [{ Ref: 'Sockets' }, '.execute-api.eu-central-1.amazonaws.com']],
            },
            Id: 'origin',
            OriginPath: '/ocpp',
          },
        ],
      },
    },
  },
});

/** Deploys resources as the runner does, with the types of gateway and distribution alone. */
export const deploy = (resources: Resources): Deployment =>
  deployAssembly({
    stacks: [{ name: 'Test', template: { Resources: resources } }],
    resourceTypes: [...resourceTypes, ...edgeTypes],
    parameters: {},
  });
