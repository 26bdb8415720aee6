import {
  type IWebSocketApi,
  WebSocketApi,
  WebSocketRoute,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ChargerEndpoint } from '../endpoints/charger-endpoint.ts';
import { AccessLog, webSocketFields } from '../logs/access-log.ts';
import type { Stage } from '../settings/stage.ts';
import { throttleRoutes } from '../settings/throttle-routes.ts';
import { throttlesOf } from '../settings/throttles.ts';
import { acknowledge } from '../validation/acknowledge.ts';
import { GatewayLogAccount } from './gateway-log-account.ts';

/** Who answers what on a charger's connection: the authorizer and `connect` once, `disconnect` the end, one function each message. */
export type ChargerRoutes = {
  readonly authorizer: IFunction;
  readonly connect: IFunction;
  readonly message: IFunction;
  readonly disconnect: IFunction;
};

// Message type of a request in OCPP-J, section 4.1.3.
const CALL = '2';

/** The routes and the stage of the WebSocket API that chargers speak OCPP-J to. */
export class ChargerGateway extends Construct {
  readonly #api: IWebSocketApi;

  constructor(
    scope: Construct,
    id: string,
    endpoint: ChargerEndpoint,
    stage: Stage,
    functions: ChargerRoutes,
  ) {
    super(scope, id);
    // The API as one that is there already: its routes belong to this stack, and the endpoint's knows nothing of them.
    this.#api = WebSocketApi.fromWebSocketApiAttributes(this, 'Api', {
      webSocketId: endpoint.apiId,
    });
    const routes = this.#routesTo(functions);
    const log = new AccessLog(this, 'chargers', stage, webSocketFields);
    const { shared, open } = throttlesOf(stage.settings).chargers;
    const gatewayStage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.#api,
      stageName: endpoint.stageName,
      autoDeploy: true,
      throttle: shared,
      accessLogSettings: log.settings,
    });
    // Anybody may knock: what chargers say that are already in has another limit.
    throttleRoutes(gatewayStage, ['$connect'], open);
    // Made last and deleted first: a stage that knew messages but not `$connect` would let everybody in.
    gatewayStage.node.addDependency(this.#api, ...routes);
    if (stage.settings.apiGatewayLogRole) {
      gatewayStage.node.addDependency(new GatewayLogAccount(this, 'LogAccount'));
    }
    acknowledge(this, {
      'AwsSolutions-APIG4':
        'A WebSocket API takes an authorizer on $connect only; the other routes belong to a connection that it let in.',
    });
  }

  /**
   * A CALL is answered by what the function returns. Everything else takes a route without a response, because a
   * response without a body reaches the charger as an empty message (docs/adr/0008-answers.md).
   */
  #routesTo({ authorizer, connect, message, disconnect }: ChargerRoutes): WebSocketRoute[] {
    const webSocketApi = this.#api;
    return [
      new WebSocketRoute(this, 'Connect', {
        webSocketApi,
        routeKey: '$connect',
        integration: new WebSocketLambdaIntegration('Connect', connect),
        authorizer: new WebSocketLambdaAuthorizer('Authorizer', authorizer, {
          // The distribution writes it into every handshake, whatever the case of the charger's headers. API Gateway
          // answers 401 itself to a caller without it.
          identitySource: ['route.request.querystring.viewerAddress'],
        }),
      }),
      new WebSocketRoute(this, 'Call', {
        webSocketApi,
        routeKey: CALL,
        integration: new WebSocketLambdaIntegration('Call', message),
        returnResponse: true,
      }),
      new WebSocketRoute(this, 'Message', {
        webSocketApi,
        routeKey: '$default',
        integration: new WebSocketLambdaIntegration('Message', message),
      }),
      new WebSocketRoute(this, 'Disconnect', {
        webSocketApi,
        routeKey: '$disconnect',
        integration: new WebSocketLambdaIntegration('Disconnect', disconnect),
      }),
    ];
  }
}
