import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { type DomainName, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { nameIn, type Stage } from '../settings/stage.ts';
import { apiDomain } from './api-domain.ts';

/**
 * The address of the HTTP API, as an empty shell: the service adds routes and a stage. While there is no stage, API
 * Gateway answers every request with 404.
 */
export class ApiEndpoint extends Construct {
  readonly apiId: string;
  /** Base URL, without a slash at the end. */
  readonly url: string;
  /** The operator's own domain; undefined when the settings have none. */
  readonly domain: DomainName | undefined;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', {
      apiName: nameIn(stage, 'operator-api'),
      description: 'Operators of Joulegate',
      createDefaultStage: false,
    });
    api.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.apiId = api.apiId;
    this.domain = apiDomain(this, stage.settings);
    this.url =
      this.domain === undefined ? api.apiEndpoint : `https://${stage.settings.apiDomainName}`;
    if (this.domain !== undefined) {
      this.domain.applyRemovalPolicy(RemovalPolicy.RETAIN);
      new CfnOutput(this, 'Target', { value: this.domain.regionalDomainName }).overrideLogicalId(
        'HttpDomainTarget',
      );
    }
  }
}
