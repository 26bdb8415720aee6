import { Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AccessLog } from './access-log.ts';
import { acknowledge } from './acknowledge.ts';

// Calls per second of all callers together, known or not. The function limits each key to far less; the rest of the
// account's 10,000 a second is for chargers.
const CALLS = { rateLimit: 2_000, burstLimit: 1_000 };

/** What the API of operators is made of. */
export type OperatorApiProps = {
  readonly answer: IFunction;
  /** Each as in `GET /chargers`. Anything else takes the route `$default` and is refused there. */
  readonly routes: readonly string[];
  readonly logRetention: RetentionDays;
};

/** The HTTP API of operators and integrators. */
export class OperatorApi extends Construct {
  /** Base URL, without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, { answer, routes, logRetention }: OperatorApiProps) {
    super(scope, id);
    const integration = new HttpLambdaIntegration('Api', answer, { scopePermissionToRoute: false });
    const api = new HttpApi(this, 'Api', {
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
    const log = new AccessLog(this, 'AccessLog', logRetention, {
      at: '$context.requestTimeEpoch',
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      milliseconds: '$context.responseLatency',
      callerAddress: '$context.identity.sourceIp',
      integrationError: '$context.integrationErrorMessage',
    });
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: CALLS,
      accessLogSettings: log.settings,
    });
    this.url = api.apiEndpoint;
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
