import { Stack } from 'aws-cdk-lib';
import {
  ApiMapping,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { HttpRoutes } from '../bundles/bundle-steps.ts';
import { anyFile } from '../data/any-file.ts';
import type { DatedKey } from '../data/cdr-key.ts';
import { anyConnection } from '../endpoints/any-connection.ts';
import type { ApiEndpoint } from '../endpoints/api-endpoint.ts';
import { JoulegateFunction } from '../functions/joulegate-function.ts';
import type { Environment, ServiceParts } from '../functions/service-parts.ts';
import { AccessLog } from '../logs/access-log.ts';
import { throttleRoutes } from '../settings/throttle-routes.ts';
import { throttlesOf } from '../settings/throttles.ts';
import { acknowledge } from '../validation/acknowledge.ts';

/** Inputs of the operator API, besides those that all concepts share. */
export type OperatorApiProps = {
  readonly endpoint: ApiEndpoint;
  /** URL that chargers connect to, `wss://` and a host. */
  readonly chargerUrl: string;
  /** Where the connection of a charger is closed by its id. */
  readonly connectionsUrl: string;
  /** The queue of commands to be sent. */
  readonly commandsQueueUrl: string;
  /** Base URL at which chargers leave and find their files. */
  readonly filesUrl: string;
  /** Anything else takes the route `$default` and is refused there. */
  readonly routes: HttpRoutes;
};

/** The HTTP API of operators, integrators and third parties, and the function that makes an operator, which has no URL. */
export class OperatorApi extends Construct {
  readonly operatorsFunctionName: string;

  constructor(scope: Construct, id: string, parts: ServiceParts, props: OperatorApiProps) {
    super(scope, id);
    const { endpoint, chargerUrl, connectionsUrl, commandsQueueUrl, routes } = props;
    const { filesUrl } = props;
    const { stage, data, state, tables, outbound, authority, propsOf } = parts;
    const operators = new JoulegateFunction(this, 'Operators', propsOf('operators', state));
    this.operatorsFunctionName = operators.lambda.functionName;
    const answers = new JoulegateFunction(
      this,
      'Answers',
      propsOf('api', {
        ...tables,
        ...outbound,
        ...authority,
        CHARGER_URL: chargerUrl,
        CDR_KEYS: data.cdrKey.keys.map(datedKeyText).join(' '),
        AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: connectionsUrl,
        COMMANDS_QUEUE_URL: commandsQueueUrl,
        FILES_URL: filesUrl,
        PARTNERS_QUEUE_URL: parts.queues.events.partners.url,
        FILE_BUCKET: data.files.bucketName,
      }),
    );
    acknowledge(answers, {
      [anyConnection(stage, 'DELETE')]:
        'A connection has its id from API Gateway: any of the chargers’ API, and of no other, may be that of a deleted charger.',
      [anyConnection(stage, 'GET')]:
        'A connection has its id from API Gateway: any of the chargers’ API, and of no other, may be that of a silent charger.',
      [anyFile(stage, 'logs')]:
        'The key of a log contains its hash, which is known when it has come; any of them may be asked for.',
      [anyFile(stage, 'firmware')]: 'A firmware has its key when it is registered.',
    });
    const answer = answers.lambda;
    const integration = new HttpLambdaIntegration('Api', answer, { scopePermissionToRoute: false });
    const httpApi = HttpApi.fromHttpApiAttributes(this, 'Api', { httpApiId: endpoint.apiId });
    // The function also refuses unknown routes, with the code and sentence that the contract promises.
    const served = [HttpRouteKey.DEFAULT, ...routes.api.map(routeKeyOf)].map(
      (routeKey) => new HttpRoute(this, routeKey.key, { httpApi, routeKey, integration }),
    );
    const pushes = new JoulegateFunction(
      this,
      'Pushes',
      propsOf('push', {
        ...tables,
        READING_RETENTION_DAYS: String(stage.settings.readingRetentionDays),
      }),
    );
    const gateway = new HttpLambdaIntegration('Gateway', pushes.lambda);
    const pushed = routes.push
      .map(routeKeyOf)
      .map(
        (routeKey) =>
          new HttpRoute(this, routeKey.key, { httpApi, routeKey, integration: gateway }),
      );
    const files = new JoulegateFunction(
      this,
      'Files',
      propsOf('files', { ...state, FILE_BUCKET: data.files.bucketName }),
    );
    acknowledge(files, {
      [anyFile(stage, 'logs')]: 'The key of a log contains its hash, which is known when it comes.',
      [anyFile(stage, 'firmware')]: 'A charger may have been offered any firmware.',
    });
    const filesIntegration = new HttpLambdaIntegration('FileTransfer', files.lambda);
    const transferred = routes.files
      .map(routeKeyOf)
      .map(
        (routeKey) =>
          new HttpRoute(this, routeKey.key, { httpApi, routeKey, integration: filesIntegration }),
      );
    const partners = new JoulegateFunction(
      this,
      'Partners',
      propsOf('ocpi', {
        ...state,
        ...partnerEnvironment(outbound),
        COMMANDS_QUEUE_URL: parts.queues.charger.commands.url,
      }),
    );
    const ocpi = new HttpLambdaIntegration('Ocpi', partners.lambda);
    const roamed = routes.ocpi
      .map(routeKeyOf)
      .map(
        (routeKey) => new HttpRoute(this, routeKey.key, { httpApi, routeKey, integration: ocpi }),
      );
    // The integration allows the routes that have a method and a path; this one has neither.
    answer.addPermission('Refusals', {
      scope: this,
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: endpoint.apiId,
        resourceName: '*/$default',
      }),
    });
    const log = new AccessLog(this, 'operator-api', stage, {
      at: '$context.requestTimeEpoch',
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      milliseconds: '$context.responseLatency',
      callerAddress: '$context.identity.sourceIp',
      integrationError: '$context.integrationErrorMessage',
    });
    const { shared, open } = throttlesOf(stage.settings).api;
    const httpStage = new HttpStage(this, 'Stage', {
      httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: shared,
      accessLogSettings: log.settings,
    });
    // Routes without a key have a throttle of their own, so that they take nothing from callers with keys.
    throttleRoutes(httpStage, [HttpRouteKey.DEFAULT.key, ...routes.open, ...routes.files], open);
    // Made last and deleted first, so that no caller meets half an API.
    httpStage.node.addDependency(
      ...served,
      ...pushed,
      ...transferred,
      ...roamed,
      this.node.findChild('Refusals'),
    );
    if (endpoint.domainName !== undefined) {
      new ApiMapping(this, 'Mapping', {
        api: httpApi,
        domainName: DomainName.fromDomainNameAttributes(this, 'Domain', {
          name: endpoint.domainName,
          // A mapping needs the name alone.
          regionalDomainName: '',
          regionalHostedZoneId: '',
        }),
        stage: httpStage,
      });
    }
    acknowledge(this, {
      'AwsSolutions-APIG4':
        'The function checks the API key itself, so that a refusal has the code and the sentence that the contract promises.',
    });
  }
}

/** The parts of the outbound environment that exchanges with partners use: they put nothing into the queue of deliveries. */
const partnerEnvironment = ({ WEBHOOKS_QUEUE_URL: _, ...environment }: Environment): Environment =>
  environment;

/** A key as the function that publishes it reads it: its ARN, from when and until when, each of these possibly empty. */
const datedKeyText = ({ keyArn, validFrom = '', validUntil = '' }: DatedKey): string =>
  [keyArn, validFrom, validUntil].join('|');

/** The key of a route such as `GET /chargers`. */
function routeKeyOf(route: string): HttpRouteKey {
  const [method, path] = route.split(' ');
  const known = Object.values(HttpMethod).find((each) => each === method);
  if (known === undefined || path === undefined) {
    throw new Error(`not a route: ${route}`);
  }
  return HttpRouteKey.with(path, known);
}
