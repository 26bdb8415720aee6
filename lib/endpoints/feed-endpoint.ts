import { Aws, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';

/** The address of the live feed: a WebSocket API as an empty shell, which the service gives routes and a stage. */
export class FeedEndpoint extends Construct {
  /** Stage of the API, and the only path that it knows. */
  readonly stageName = 'feed';
  readonly apiId: string;
  readonly #exportedId: string;
  readonly #host: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const api = new WebSocketApi(this, 'Api', {
      apiName: nameIn(stage, 'feed'),
      description: 'Live feed of Joulegate for integrators',
      routeSelectionExpression: '$request.body.type',
    });
    api.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.#exportedId = new CfnOutput(this, 'ApiId', {
      value: api.apiId,
      exportName: nameIn(stage, 'feed-api'),
    }).importValue;
    this.apiId = api.apiId;
    keepExported(this, [api.apiId]);
    const { region, urlSuffix } = Stack.of(this);
    this.#host = `${api.apiId}.execute-api.${region}.${urlSuffix}`;
  }

  /** URL that integrators connect to. */
  get url(): string {
    return `wss://${this.#host}/${this.stageName}`;
  }

  /** Where a connection is written to or closed by its id. */
  get connectionsUrl(): string {
    return `https://${this.#host}/${this.stageName}`;
  }

  /** ARN of writing to (`POST`) or closing (`DELETE`) any connection of this API. For any other stack of the app. */
  connectionsArn(method: 'DELETE' | 'POST'): string {
    const api = `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.#exportedId}`;
    return `${api}/${this.stageName}/${method}/@connections/*`;
  }
}
