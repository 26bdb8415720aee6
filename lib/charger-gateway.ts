import { ArnFormat, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AccessLog } from './access-log.ts';
import { GatewayLogAccount } from './charger-edge/gateway-log-account.ts';
import { nameIn, type Stage } from './settings/stage.ts';
import { throttlesOf } from './settings/throttles.ts';
import { acknowledge } from './validation/acknowledge.ts';

/** Who answers what on a charger's connection. */
export type ChargerRoutes = {
  readonly authorizer: IFunction;
  readonly connect: IFunction;
  readonly message: IFunction;
  readonly disconnect: IFunction;
};

// Message type of a request in OCPP-J, section 4.1.3.
const CALL = '2';

/** The WebSocket API that chargers speak OCPP-J to. */
export class ChargerGateway extends Construct {
  readonly #api: WebSocketApi;
  readonly #stage: WebSocketStage;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.#api = new WebSocketApi(this, 'Api', {
      apiName: nameIn(stage, 'chargers'),
      description: 'Chargers of Joulegate, OCPP over WebSocket',
      // The first element of an OCPP frame is its message type: 2 for a CALL.
      routeSelectionExpression: '$request.body.[0]',
    });
    const log = new AccessLog(this, 'chargers', stage, {
      requestId: '$context.extendedRequestId',
      connectionId: '$context.connectionId',
      route: '$context.routeKey',
      status: '$context.status',
      authorizerError: '$context.authorizer.error',
      integrationError: '$context.integrationErrorMessage',
      closeCode: '$context.disconnectStatusCode',
      closeReason: '$context.disconnectReason',
    });
    this.#stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.#api,
      stageName: 'ocpp',
      autoDeploy: true,
      throttle: throttlesOf(stage.settings).chargers,
      accessLogSettings: log.settings,
    });
    if (stage.settings.apiGatewayLogRole) {
      this.#stage.node.addDependency(new GatewayLogAccount(this, 'LogAccount'));
    }
  }

  /** Host name of the API, without stage. */
  get host(): string {
    const { region, urlSuffix } = Stack.of(this);
    return `${this.#api.apiId}.execute-api.${region}.${urlSuffix}`;
  }

  /** The only path that the API knows: its stage. */
  get path(): string {
    return `/${this.#stage.stageName}`;
  }

  /** Where a connection is written to or closed by its id. */
  get connectionsUrl(): string {
    return `https://${this.host}${this.path}`;
  }

  /** ARN of closing any connection of this API. */
  get closeArn(): string {
    return this.#connectionsArn('DELETE');
  }

  /** ARN of sending a message over any connection of this API. */
  get sendArn(): string {
    return this.#connectionsArn('POST');
  }

  #connectionsArn(method: 'DELETE' | 'POST'): string {
    return Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.#api.apiId,
      resourceName: `${this.#stage.stageName}/${method}/@connections/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }

  /**
   * Lets functions answer: the authorizer and `$connect` once, `$disconnect` the end, and one function each message.
   * A CALL is answered by what the function returns. Everything else takes a route without a response, because a
   * response without a body reaches the charger as an empty message (docs/adr/0008-answers.md).
   */
  answerWith(routes: ChargerRoutes): void {
    this.#api.addRoute('$connect', {
      integration: new WebSocketLambdaIntegration('Connect', routes.connect),
      authorizer: new WebSocketLambdaAuthorizer('Authorizer', routes.authorizer, {
        // The distribution writes it into every handshake, whatever the case of the charger's headers. API Gateway
        // answers 401 by itself to whoever comes without it.
        identitySource: ['route.request.querystring.viewerAddress'],
      }),
    });
    this.#api.addRoute(CALL, {
      integration: new WebSocketLambdaIntegration('Call', routes.message),
      returnResponse: true,
    });
    this.#api.addRoute('$default', {
      integration: new WebSocketLambdaIntegration('Message', routes.message),
    });
    this.#api.addRoute('$disconnect', {
      integration: new WebSocketLambdaIntegration('Disconnect', routes.disconnect),
    });
    acknowledge(this.#api, {
      'AwsSolutions-APIG4':
        'A WebSocket API takes an authorizer on $connect only; the other routes belong to a connection that it let in.',
    });
  }
}
