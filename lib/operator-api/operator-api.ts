import { CfnOutput, Stack } from 'aws-cdk-lib';
import { ApiMapping, HttpApi, HttpMethod, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccessLog } from '../access-log.ts';
import { JoulegateFunction } from '../functions/joulegate-function.ts';
import type { ServiceParts } from '../functions/service-parts.ts';
import { nameIn } from '../settings/stage.ts';
import { throttlesOf } from '../settings/throttles.ts';
import { acknowledge } from '../validation/acknowledge.ts';
import { apiDomain } from './api-domain.ts';

/** What the API of operators is made of, beside what all concepts share. */
export type OperatorApiProps = {
  /** What chargers connect to, `wss://` and a host. */
  readonly chargerUrl: string;
  /** Where the connection of a charger is closed by its id. */
  readonly connectionsUrl: string;
  /** Each as in `GET /chargers`. Anything else takes the route `$default` and is refused there. */
  readonly routes: readonly string[];
};

/** The HTTP API of operators and integrators, and the function that makes an operator, which has no URL. */
export class OperatorApi extends Construct {
  /** Base URL, without a slash at the end. */
  readonly url: string;
  readonly operatorsFunctionName: string;

  constructor(scope: Construct, id: string, parts: ServiceParts, props: OperatorApiProps) {
    super(scope, id);
    const { chargerUrl, connectionsUrl, routes } = props;
    const { stage, state, tables, propsOf } = parts;
    const operators = new JoulegateFunction(this, 'Operators', propsOf('operators', state));
    this.operatorsFunctionName = operators.lambda.functionName;
    const answers = new JoulegateFunction(
      this,
      'Answers',
      propsOf('api', {
        ...tables,
        CHARGER_URL: chargerUrl,
        AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: connectionsUrl,
      }),
    );
    acknowledge(answers, {
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<ChargerGatewayApiB8638FCC>/ocpp/DELETE/@connections/*]':
        'A connection has its id from API Gateway: any of the chargers’ API, and of no other, may be that of a deleted charger.',
    });
    const answer = answers.lambda;
    const integration = new HttpLambdaIntegration('Api', answer, { scopePermissionToRoute: false });
    const api = new HttpApi(this, 'Api', {
      apiName: nameIn(stage, 'operator-api'),
      description: 'Operators of Joulegate',
      createDefaultStage: false,
      // What is no call of ours is refused by the function too: with the code and sentence that the contract promises.
      defaultIntegration: integration,
    });
    // The integration allows the routes that have a method and a path; this one has neither.
    answer.addPermission('Refusals', {
      scope: this,
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: api.apiId,
        resourceName: '*/$default',
      }),
    });
    for (const route of routes) {
      const [method, path] = splitRoute(route);
      api.addRoutes({ path, methods: [method], integration });
    }
    const log = new AccessLog(this, 'operator-api', stage, {
      at: '$context.requestTimeEpoch',
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      milliseconds: '$context.responseLatency',
      callerAddress: '$context.identity.sourceIp',
      integrationError: '$context.integrationErrorMessage',
    });
    const httpStage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: throttlesOf(stage.settings).api,
      accessLogSettings: log.settings,
    });
    const domain = apiDomain(this, stage.settings);
    if (domain !== undefined) {
      new ApiMapping(this, 'Mapping', { api, domainName: domain, stage: httpStage });
      new CfnOutput(this, 'Target', { value: domain.regionalDomainName }).overrideLogicalId(
        'HttpDomainTarget',
      );
    }
    this.url = domain === undefined ? api.apiEndpoint : `https://${stage.settings.apiDomainName}`;
    acknowledge(api, {
      'AwsSolutions-APIG4':
        'The function checks the API key itself, so that a refusal has the code and the sentence that the contract promises.',
    });
  }
}

/** The method and the path of a route such as `GET /chargers`. */
function splitRoute(route: string): [HttpMethod, string] {
  const [method, path] = route.split(' ');
  const known = Object.values(HttpMethod).find((each) => each === method);
  if (known === undefined || path === undefined) {
    throw new Error(`not a route: ${route}`);
  }
  return [known, path];
}
