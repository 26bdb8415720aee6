import { ArnFormat, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AccessLog } from './access-log.ts';
import { acknowledge } from './acknowledge.ts';
import { GatewayLogAccount } from './gateway-log-account.ts';

/** Who answers what on a charger's connection. */
export type ChargerRoutes = {
  readonly authorizer: IFunction;
  readonly connect: IFunction;
  readonly message: IFunction;
  readonly disconnect: IFunction;
};

// Messages per second of all chargers together: half of what an account and region allow by default,
// so that chargers coming back at once leave room for the HTTP API.
const MESSAGES = { rateLimit: 5000, burstLimit: 2500 };

// Message type of a request in OCPP-J, section 4.1.3.
const CALL = '2';

/** The WebSocket API that chargers speak OCPP-J to. */
export class ChargerGateway extends Construct {
  readonly #api: WebSocketApi;
  readonly #stage: WebSocketStage;

  constructor(scope: Construct, id: string, logRetention: RetentionDays) {
    super(scope, id);
    this.#api = new WebSocketApi(this, 'Api', {
      description: 'Chargers of Joulegate, OCPP over WebSocket',
      // The first element of an OCPP frame is its message type: 2 for a CALL.
      routeSelectionExpression: '$request.body.[0]',
    });
    const log = new AccessLog(this, 'AccessLog', logRetention, {
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
      throttle: MESSAGES,
      accessLogSettings: log.settings,
    });
    this.#stage.node.addDependency(new GatewayLogAccount(this, 'LogAccount'));
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
