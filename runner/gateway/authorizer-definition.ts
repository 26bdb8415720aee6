import type { DeployedResource } from '../runner-interfaces.ts';
import { asStrings } from '../template/json-object.ts';
import { functionArnIn } from './function-arn-in.ts';
import { unsupportedValue } from './unsupported-value.ts';

/** Where in a handshake an authorizer expects a value: none, and it is never asked. */
export type IdentitySource = {
  readonly from: 'header' | 'querystring';
  /** In the case in which the template has it. */
  readonly name: string;
};

/** A Lambda authorizer of the kind REQUEST. */
export type AuthorizerDefinition = {
  readonly authorizerId: string;
  readonly functionArn: string;
  readonly identitySources: readonly IdentitySource[];
};

/** The authorizer of a route, if it has one; refuses every kind but a REQUEST authorizer of `$connect`. */
export function readAuthorizer(
  route: DeployedResource,
  authorizers: readonly DeployedResource[],
): AuthorizerDefinition | undefined {
  const { AuthorizationType = 'NONE', AuthorizerId, RouteKey } = route.properties;
  if (AuthorizationType === 'NONE') {
    return undefined;
  }
  const authorizer = authorizers.find(({ ref }) => ref === AuthorizerId);
  if (AuthorizationType !== 'CUSTOM' || RouteKey !== '$connect' || authorizer === undefined) {
    throw unsupportedValue(route.address, 'AuthorizationType', AuthorizationType);
  }
  const { AuthorizerType, AuthorizerUri, IdentitySource } = authorizer.properties;
  if (AuthorizerType !== 'REQUEST') {
    throw unsupportedValue(authorizer.address, 'AuthorizerType', AuthorizerType);
  }
  return {
    authorizerId: authorizer.ref,
    functionArn: functionArnIn(AuthorizerUri, authorizer.address, 'AuthorizerUri'),
    identitySources: asStrings(IdentitySource).map((source) =>
      readIdentitySource(source, authorizer.address),
    ),
  };
}

function readIdentitySource(source: string, address: string): IdentitySource {
  const [, from, name = ''] = /^route\.request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  switch (from) {
    case 'header':
    case 'querystring':
      return { from, name };
    default:
      throw unsupportedValue(address, 'IdentitySource', source);
  }
}
