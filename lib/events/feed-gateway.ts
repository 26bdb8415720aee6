import { WebSocketApi, WebSocketRoute, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { FeedEndpoint } from '../endpoints/feed-endpoint.ts';
import { JoulegateFunction } from '../functions/joulegate-function.ts';
import type { ServiceParts } from '../functions/service-parts.ts';
import { AccessLog, webSocketFields } from '../logs/access-log.ts';
import { throttleRoutes } from '../settings/throttle-routes.ts';
import { throttlesOf } from '../settings/throttles.ts';
import { acknowledge } from '../validation/acknowledge.ts';

/** The live feed: the functions that answer its readers, and the routes and the stage of its WebSocket API. */
export class FeedGateway extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts, endpoint: FeedEndpoint) {
    super(scope, id);
    const { stage, state, queues, propsOf } = parts;
    const authorizer = new JoulegateFunction(this, 'Authorizer', propsOf('feed-authorizer', state));
    const readers = new JoulegateFunction(
      this,
      'Readers',
      propsOf('feed', { ...state, WEBHOOKS_QUEUE_URL: queues.events.webhooks.url }),
    );
    const webSocketApi = WebSocketApi.fromWebSocketApiAttributes(this, 'Api', {
      webSocketId: endpoint.apiId,
    });
    const integration = (name: string) => new WebSocketLambdaIntegration(name, readers.lambda);
    const routes = [
      new WebSocketRoute(this, 'Connect', {
        webSocketApi,
        routeKey: '$connect',
        integration: integration('Connect'),
        authorizer: new WebSocketLambdaAuthorizer('Authorizer', authorizer.lambda, {
          // The key is in one of two headers: the function looks for it itself.
          identitySource: [],
        }),
      }),
      new WebSocketRoute(this, 'Frame', {
        webSocketApi,
        routeKey: '$default',
        integration: integration('Frame'),
        returnResponse: true,
      }),
      new WebSocketRoute(this, 'Disconnect', {
        webSocketApi,
        routeKey: '$disconnect',
        integration: integration('Disconnect'),
      }),
    ];
    const log = new AccessLog(this, 'feed', stage, webSocketFields);
    const { shared, open } = throttlesOf(stage.settings).feed;
    const gatewayStage = new WebSocketStage(this, 'Stage', {
      webSocketApi,
      stageName: endpoint.stageName,
      autoDeploy: true,
      throttle: shared,
      accessLogSettings: log.settings,
    });
    throttleRoutes(gatewayStage, ['$connect'], open);
    // Made last and deleted first: a stage that knew frames but not `$connect` would let everybody in.
    gatewayStage.node.addDependency(webSocketApi, ...routes);
    acknowledge(this, {
      'AwsSolutions-APIG4':
        'A WebSocket API takes an authorizer on $connect only; the other routes belong to a connection that it let in.',
    });
  }
}
