import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';
import { apiDomain } from './api-domain.ts';
import { baseUrl } from './base-url.ts';

/** API Gateway answers preflights by itself, and adds the headers of an origin to each answer. */
const corsOf = (allowOrigins: readonly string[]) =>
  allowOrigins.length === 0
    ? {}
    : {
        corsPreflight: {
          allowOrigins: [...allowOrigins],
          allowMethods: [
            CorsHttpMethod.GET,
            CorsHttpMethod.POST,
            CorsHttpMethod.PUT,
            CorsHttpMethod.PATCH,
            CorsHttpMethod.DELETE,
          ],
          allowHeaders: [
            'authorization',
            'content-type',
            'idempotency-key',
            'if-match',
            // Of MCP clients in browsers.
            'mcp-protocol-version',
            'mcp-method',
            'mcp-name',
          ],
          exposeHeaders: [
            'etag',
            'retry-after',
            'ratelimit-limit',
            'ratelimit-remaining',
            'ratelimit-reset',
            'ratelimit-policy',
          ],
          maxAge: Duration.hours(1),
        },
      };

/**
 * The address of the HTTP API, as an empty shell: the service adds routes and a stage. While there is no stage, API
 * Gateway answers every request with 404.
 */
export class ApiEndpoint extends Construct {
  readonly apiId: string;
  /** Base URL, without a slash at the end. */
  readonly url: string;
  /** Base URL that chargers reach their files at: that one, unless the parameter `FilesUrl` names another. */
  readonly filesUrl: string;
  /** Base URL that roaming partners reach us at: that one, unless the parameter `OcpiUrl` names another. */
  readonly partnersUrl: string;
  /** Name of the operator's own domain; undefined when the settings have none. For any stack of the app. */
  readonly domainName: string | undefined;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', {
      apiName: nameIn(stage, 'operator-api'),
      description: 'Operators of Joulegate',
      createDefaultStage: false,
      ...corsOf(stage.settings.apiAllowedOrigins),
    });
    api.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.apiId = api.apiId;
    keepExported(this, [api.apiId, api.apiEndpoint]);
    const domain = apiDomain(this, stage.settings);
    // As the settings have it, not imported: an import would keep the domain from ever being left out again.
    this.domainName = domain && stage.settings.apiDomainName;
    this.url = domain === undefined ? api.apiEndpoint : `https://${this.domainName}`;
    this.filesUrl = new CfnOutput(this, 'FilesUrl', {
      value: baseUrl(Stack.of(this), {
        name: 'FilesUrl',
        description:
          'https:// or http:// and the host at which chargers reach files; empty for the one of the API',
        otherwise: this.url,
      }),
      exportName: nameIn(stage, 'files-url'),
    }).importValue;
    this.partnersUrl = new CfnOutput(this, 'OcpiUrl', {
      value: baseUrl(Stack.of(this), {
        name: 'OcpiUrl',
        description:
          'https:// and the host at which roaming partners reach OCPI; empty for the one of the API',
        otherwise: this.url,
      }),
      exportName: nameIn(stage, 'ocpi-url'),
    }).importValue;
    if (domain !== undefined) {
      domain.applyRemovalPolicy(RemovalPolicy.RETAIN);
      new CfnOutput(this, 'Target', { value: domain.regionalDomainName }).overrideLogicalId(
        'HttpDomainTarget',
      );
    }
  }
}
