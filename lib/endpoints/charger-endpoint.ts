import { Aws, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';
import { ChargerDistribution } from './charger-distribution.ts';
import { chargerUrl } from './charger-url.ts';
import { addEdgeSecret } from './edge-secret.ts';

/**
 * The address that chargers connect to: a distribution, and the WebSocket API behind it as an empty shell. The service
 * adds routes and a stage; while there is no stage, API Gateway answers every handshake with 403.
 */
export class ChargerEndpoint extends Construct {
  /** Stage of the API that the distribution connects to, and the only path that the API knows. */
  readonly stageName = 'ocpp';
  readonly apiId: string;
  readonly #exportedId: string;
  /** Host name of the API, without stage. */
  readonly host: string;
  /** URL that chargers connect to: `wss://` or `ws://` and a host. For any stack of the app. */
  readonly url: string;
  /** Name of the CloudFront function in front of the API. For any stack of the app. */
  readonly pathFunctionName: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const api = new WebSocketApi(this, 'Api', {
      apiName: nameIn(stage, 'chargers'),
      description: 'Chargers of Joulegate, OCPP over WebSocket',
      // The first element of an OCPP frame is its message type: 2 for a CALL.
      routeSelectionExpression: '$request.body.[0]',
    });
    api.applyRemovalPolicy(RemovalPolicy.RETAIN);
    // By a name of our own: the rule packs name what an ARN of connections allows by it, whatever Region is set.
    this.#exportedId = new CfnOutput(this, 'ApiId', {
      value: api.apiId,
      exportName: nameIn(stage, 'charger-api'),
    }).importValue;
    const { region, urlSuffix } = Stack.of(this);
    this.apiId = api.apiId;
    keepExported(this, [api.apiId]);
    this.host = `${api.apiId}.execute-api.${region}.${urlSuffix}`;
    addEdgeSecret(this, stage);
    const origin = { host: this.host, path: `/${this.stageName}` };
    const distribution = new ChargerDistribution(this, 'Distribution', origin, stage);
    const url = chargerUrl(Stack.of(this), distribution.domainName);
    const output = new CfnOutput(this, 'Url', {
      value: url,
      exportName: nameIn(stage, 'charger-url'),
    });
    this.url = output.importValue;
    this.pathFunctionName = new CfnOutput(this, 'PathFunction', {
      value: distribution.pathFunctionName,
      exportName: nameIn(stage, 'path-function'),
    }).importValue;
    new CfnOutput(this, 'Target', { value: distribution.cloudFrontName }).overrideLogicalId(
      'ChargerDomainTarget',
    );
  }

  /** Where a connection is written to or closed by its id. */
  get connectionsUrl(): string {
    return `https://${this.host}/${this.stageName}`;
  }

  /** ARN of closing any connection of this API. For any other stack of the app. */
  get closeArn(): string {
    return this.#connectionsArn('DELETE');
  }

  /** ARN of asking for any connection of this API. For any other stack of the app. */
  get askArn(): string {
    return this.#connectionsArn('GET');
  }

  /** ARN of sending a message over any connection of this API. For any other stack of the app. */
  get sendArn(): string {
    return this.#connectionsArn('POST');
  }

  #connectionsArn(method: 'DELETE' | 'GET' | 'POST'): string {
    const api = `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.#exportedId}`;
    return `${api}/${this.stageName}/${method}/@connections/*`;
  }
}
