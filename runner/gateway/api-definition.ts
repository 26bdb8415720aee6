import type { DeployedResource, Deployment } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import { type AuthorizerDefinition, readAuthorizer } from './authorizer-definition.ts';
import { functionArnIn } from './function-arn-in.ts';
import { type Cors, readCors } from './http/cors.ts';
import { readStageDefinition, type StageDefinition } from './stage-definition.ts';
import { unsupportedValue } from './unsupported-value.ts';

/** A route of an API and the function behind it. */
export type RouteDefinition = {
  /** As in `$connect` or `GET /chargers/{chargerId}`. */
  readonly key: string;
  readonly functionArn: string;
  /** How long API Gateway waits for the function; it may be undefined for the longest it ever does. */
  readonly timeoutMilliseconds: number | undefined;
  readonly authorizer: AuthorizerDefinition | undefined;
  /** True if what the function returns goes back over a WebSocket. */
  readonly replies: boolean;
};

/** An API of the template, with all that belongs to it. */
export type ApiDefinition = {
  readonly address: string;
  readonly apiId: string;
  /** How a WebSocket API reads the route out of a message. */
  readonly routeSelectionExpression: string;
  readonly routes: readonly RouteDefinition[];
  /** Absent where pages of other origins are not answered, and for WebSocket APIs. */
  readonly cors?: Cors;
  readonly stage: StageDefinition;
};

/** The protocol of an API. */
export type Protocol = 'HTTP' | 'WEBSOCKET';

/** The APIs of a protocol; refuses by name what the runner does not execute. */
export function readApis(deployment: Deployment, protocol: Protocol): readonly ApiDefinition[] {
  return deployment.resources
    .filter(({ type }) => type === 'AWS::ApiGatewayV2::Api')
    .filter(({ properties }) => properties['ProtocolType'] === protocol)
    .map((api) => readApi(deployment, api, protocol));
}

function readApi(deployment: Deployment, api: DeployedResource, protocol: Protocol): ApiDefinition {
  const partsOf = (kind: string): readonly DeployedResource[] =>
    deployment.resources.filter(
      ({ type, properties }) =>
        type === `AWS::ApiGatewayV2::${kind}` && properties['ApiId'] === api.ref,
    );
  const [stage, ...furtherStages] = partsOf('Stage');
  if (stage === undefined || furtherStages.length > 0) {
    throw new StartRefusal('UNSUPPORTED_VALUE', `${api.address} must have exactly one stage.`);
  }
  const parts: ApiParts = {
    protocol,
    integrations: partsOf('Integration'),
    authorizers: partsOf('Authorizer'),
    routeResponses: partsOf('RouteResponse'),
  };
  const cors = protocol === 'HTTP' ? readCors(api) : undefined;
  const definition = {
    ...(cors === undefined ? {} : { cors }),
    address: api.address,
    apiId: api.ref,
    routeSelectionExpression: String(api.properties['RouteSelectionExpression'] ?? ''),
    routes: partsOf('Route').map((route) => readRoute(route, parts)),
    stage: readStageDefinition(stage),
  };
  const routeKeys = definition.routes.map(({ key }) => key);
  const missing = [...definition.stage.routeThrottles.keys()].find(
    (key) => !routeKeys.includes(key),
  );
  if (missing !== undefined) {
    // As API Gateway does: "Unable to find Route by key … within the provided RouteSettings".
    throw unsupportedValue(stage.address, 'RouteSettings', missing);
  }
  return definition;
}

type ApiParts = {
  readonly protocol: Protocol;
  readonly integrations: readonly DeployedResource[];
  readonly authorizers: readonly DeployedResource[];
  readonly routeResponses: readonly DeployedResource[];
};

function readRoute(route: DeployedResource, parts: ApiParts): RouteDefinition {
  const { Target, RouteKey } = route.properties;
  const integration = parts.integrations.find(({ ref }) => Target === `integrations/${ref}`);
  if (integration === undefined) {
    throw unsupportedValue(route.address, 'Target', Target);
  }
  const { IntegrationType, IntegrationUri, TimeoutInMillis, PayloadFormatVersion } =
    integration.properties;
  if (IntegrationType !== 'AWS_PROXY') {
    throw unsupportedValue(integration.address, 'IntegrationType', IntegrationType);
  }
  if (parts.protocol === 'HTTP' && PayloadFormatVersion !== '2.0') {
    throw unsupportedValue(integration.address, 'PayloadFormatVersion', PayloadFormatVersion);
  }
  return {
    key: String(RouteKey),
    functionArn: functionArnIn(IntegrationUri, integration.address, 'IntegrationUri'),
    timeoutMilliseconds: TimeoutInMillis === undefined ? undefined : Number(TimeoutInMillis),
    authorizer: readAuthorizer(route, parts.authorizers),
    replies: readReplies(route, parts.routeResponses),
  };
}

function readReplies(
  route: DeployedResource,
  routeResponses: readonly DeployedResource[],
): boolean {
  const expression = route.properties['RouteResponseSelectionExpression'];
  if (expression !== undefined && expression !== '$default') {
    throw unsupportedValue(route.address, 'RouteResponseSelectionExpression', expression);
  }
  const has = routeResponses.some(
    ({ properties }) =>
      properties['RouteId'] === route.ref && properties['RouteResponseKey'] === '$default',
  );
  return has && expression === '$default';
}
