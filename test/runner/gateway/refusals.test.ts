import { describe, expect, test } from 'vitest';
import { readApis } from '../../../runner/gateway/api-definition.ts';
import { startHttpApi } from '../../../runner/gateway/http/start-http-api.ts';
import { startWebSocketApi } from '../../../runner/gateway/websocket/start-websocket-api.ts';
import type { Deployment } from '../../../runner/runner-interfaces.ts';
import { testContext } from './test-gateway.ts';
import { deploy, httpResources, webSocketResources } from './test-template.ts';

const withProperties = (id: string, properties: Record<string, unknown>) => {
  const resources = { ...webSocketResources(), ...httpResources(['GET /chargers']) };
  const resource = resources[id];
  if (resource === undefined) {
    throw new Error(`no such resource: ${id}`);
  }
  return {
    ...resources,
    [id]: { ...resource, Properties: { ...resource.Properties, ...properties } },
  };
};

const startApis = async (deployment: Deployment, port = 0) => {
  const context = testContext(deployment, {});
  for (const api of readApis(deployment, 'WEBSOCKET')) {
    await startWebSocketApi(api, context).stop();
  }
  const [http] = readApis(deployment, 'HTTP');
  if (http === undefined) {
    throw new Error('the template has no HTTP API');
  }
  return await startHttpApi(http, context, { port });
};

const start = async (id: string, properties: Record<string, unknown>): Promise<unknown> => {
  const api = await startApis(deploy(withProperties(id, properties)));
  await api.stop();
  return 'started';
};

describe('a template with something that the runner does not execute', () => {
  test.each([
    ['Http', { BasePath: 'prepend' }, 'BasePath'],
    ['Http', { CorsConfiguration: { AllowCredentials: true } }, 'CorsConfiguration'],
    ['SocketStage', { StageVariables: {} }, 'StageVariables'],
    ['HttpStage', { DefaultRouteSettings: { LoggingLevel: 'INFO' } }, 'LoggingLevel'],
    ['SocketStage', { AutoDeploy: false }, 'AutoDeploy'],
    ['Message', { IntegrationType: 'HTTP_PROXY' }, 'HTTP_PROXY'],
    ['Message', { IntegrationUri: 'https://elsewhere.example' }, 'IntegrationUri'],
    ['Api', { PayloadFormatVersion: '1.0' }, 'PayloadFormatVersion'],
    ['Route0', { AuthorizationType: 'JWT' }, 'JWT'],
    ['Authorizer', { IdentitySource: ['context.identity'] }, 'IdentitySource'],
    ['Sockets', { RouteSelectionExpression: '$request.header.x' }, 'RouteSelectionExpression'],
    [
      'MessageRoute',
      { RouteResponseSelectionExpression: '$x' },
      'RouteResponseSelectionExpression',
    ],
    ['MessageRoute', { Target: 'integrations/none' }, 'Target'],
  ])(
    'an unsupported property of an API stops the start and is named: %s %j',
    async (id, properties, named) => {
      const refusal = start(id, properties);
      await expect(refusal).rejects.toThrow(`Test/${id}`);
      await expect(refusal).rejects.toThrow(named);
    },
  );

  test('a template without unsupported properties starts', async () => {
    expect(await start('Message', {})).toBe('started');
  });
});

test('a port in use stops the start', async () => {
  const deployment = deploy(httpResources(['GET /chargers']));
  const api = await startApis(deployment);
  const port = Number(new URL(api.url).port);
  await expect(startApis(deployment, port)).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  await api.stop();
});

test('an API without a stage stops the start and is named', () => {
  const { SocketStage: _, ...resources } = webSocketResources();
  expect(() => readApis(deploy(resources), 'WEBSOCKET')).toThrow('Test/Sockets');
});
