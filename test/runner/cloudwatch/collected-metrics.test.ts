import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  measuredInvoke,
  measuredTables,
  measuredUsage,
} from '../../../runner/cloudwatch/dashboards/collect-metrics.ts';
import { createMetricStore } from '../../../runner/cloudwatch/dashboards/metric-store.ts';
import { readApis } from '../../../runner/gateway/api-definition.ts';
import { startHttpApi } from '../../../runner/gateway/http/start-http-api.ts';
import { startKmsEndpoint } from '../../../runner/kms/start-kms-endpoint.ts';
import type { Deployment, Invocation, Usage } from '../../../runner/runner-interfaces.ts';
import { clientOf, startTestApi, type TestFunction, testContext } from '../gateway/test-gateway.ts';
import { deploy, httpResources } from '../gateway/test-template.ts';

const at = Date.parse('2026-04-14T10:00:00Z');

/** The metrics of an API after these usages: the sum of each metric, or how many values where it is a time. */
function metricsOf(deployment: Deployment, usages: readonly Usage[], names: readonly string[]) {
  const store = createMetricStore();
  const measure = measuredUsage(deployment, store, () => at);
  for (const usage of usages) measure(usage);
  const [api] = deployment.resources.filter(({ type }) => type === 'AWS::ApiGatewayV2::Api');
  const dimensions = { ApiId: api?.ref ?? '' };
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = store.valuesOf({ namespace: 'AWS/ApiGateway', name, dimensions }, 0);
      const sum = values.reduce((all, { value }) => all + value, 0);
      return values.length === 0 ? [] : [[name, name === 'Latency' ? values.length : sum]];
    }),
  );
}

const throttled: TestFunction = () => {
  throw { kind: 'throttled' };
};
const broken: TestFunction = () => {
  throw new TypeError('broken');
};
const deny: TestFunction = (event) => ({
  principalId: 'nobody',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: event.methodArn }],
  },
});

const socketMetrics = ['ConnectCount', 'ClientError', 'IntegrationError', 'ExecutionError'];

describe('the metrics of an API of chargers', () => {
  it.each<[string, Record<string, TestFunction>, string, Record<string, number>]>([
    ['a handshake that is let in', {}, '', { ConnectCount: 1 }],
    ['one that the authorizer denies', { authorizer: deny }, '', { ClientError: 1 }],
    ['one to a path that is none', {}, '/elsewhere', { ClientError: 1 }],
    [
      'one that its function refuses, as that of a wrong password',
      { connect: () => ({ statusCode: 401 }) },
      '',
      { ConnectCount: 1, IntegrationError: 1 },
    ],
    [
      'one whose function breaks off',
      { connect: broken },
      '',
      { ConnectCount: 1, ExecutionError: 1 },
    ],
    [
      'one whose function is throttled',
      { connect: throttled },
      '',
      { ConnectCount: 1, ExecutionError: 1 },
    ],
  ])('an API of chargers counts %s as it ended', async (_, functions, path, counted) => {
    const { connect, context } = await startTestApi({ functions });
    await connect([], path);
    expect(metricsOf(context.deployment, context.usages, socketMetrics)).toEqual(counted);
  });

  it.each<[string, TestFunction, Record<string, number>]>([
    ['an answered message', (event) => ({ statusCode: 200, body: event.body }), {}],
    [
      'one that its function refuses',
      () => ({ statusCode: 400, body: '' }),
      { IntegrationError: 1 },
    ],
    ['one whose function breaks off', broken, { ExecutionError: 1 }],
    ['one whose function is throttled', throttled, { ExecutionError: 1 }],
    ['one whose function answers nonsense', () => 'nonsense', { ExecutionError: 1 }],
  ])('an API of chargers counts %s, and its answer', async (_, message, errors) => {
    const { connect, context } = await startTestApi({ functions: { message } });
    const { socket, next } = clientOf(await connect());
    socket.send('[2,"1","Heartbeat",{}]');
    await next();
    const names = [...socketMetrics, 'MessageCount'];
    expect(metricsOf(context.deployment, context.usages, names)).toEqual({
      ...{ ConnectCount: 1, MessageCount: 2 },
      ...errors,
    });
  });

  it('a message beyond the rate of its stage is an error of the client', async () => {
    const { connect, context } = await startTestApi({
      stage: { DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 } },
    });
    const { socket, next } = clientOf(await connect());
    for (const text of ['passes', 'does not']) {
      socket.send(text);
      await next();
    }
    expect(
      metricsOf(context.deployment, context.usages, ['ClientError', 'ExecutionError']),
    ).toEqual({
      ClientError: 1,
    });
  });
});

describe('the metrics of an API of calls', () => {
  it('each call is counted with its time, and as 4xx or 5xx by its answer, whoever gave it', async () => {
    const statuses = [200, 404, 409, 503];
    const deployment = deploy(httpResources(['GET /chargers'], {}, {}));
    const context = testContext(deployment, { api: () => ({ statusCode: statuses.shift() }) });
    const [definition] = readApis(deployment, 'HTTP');
    if (definition === undefined) throw new Error('the template has no HTTP API');
    const api = await startHttpApi(definition, context, { port: 0 });
    onTestFinished(api.stop);
    for (let n = 0; n < 4; n += 1) await (await fetch(`${api.url}/chargers`)).text();
    // API Gateway's own: no such route.
    await (await fetch(`${api.url}/nowhere`)).text();
    const names = ['Count', '4xx', '5xx', 'Latency'];
    await expect
      .poll(() => metricsOf(deployment, context.usages, names))
      .toEqual({ Count: 5, '4xx': 3, '5xx': 1, Latency: 5 });
  });
});

describe('the metrics of KMS', () => {
  const deployment: Deployment = {
    resources: [
      {
        address: 'Data/Key',
        type: 'AWS::KMS::Key',
        ref: 'cdr-key',
        attributes: { Arn: 'arn:aws:kms:eu-central-1:000000000000:key/cdr-key' },
        properties: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
      },
    ],
    outputs: {},
  };
  const metric = {
    namespace: 'AWS/Usage',
    name: 'CallCount',
    dimensions: {
      ...{ Service: 'KMS', Type: 'API', Resource: 'CryptographicOperationsEcc', Class: 'None' },
    },
  };

  it('a signature that is refused as one too many is tried again by the SDK, and each that is made is counted', async () => {
    const store = createMetricStore();
    const measure = measuredUsage(deployment, store, () => at);
    let refusals = 2;
    const endpoint = await startKmsEndpoint({
      deployment,
      dataDirectory: mkdtempSync(join(tmpdir(), 'joulegate-kms-')),
      authorize: () => ({ allowed: true }),
      count: (_, usage) => measure(usage),
      disturb: () => {
        refusals -= 1;
        return refusals < 0 ? undefined : 'throttle';
      },
    });
    onTestFinished(endpoint.stop);
    const credentials = { accessKeyId: 'ASIACDR', secretAccessKey: 'secret' };
    const place = { endpoint: endpoint.url, region: 'eu-central-1', credentials };
    const sign = new SignCommand({
      ...{ KeyId: 'cdr-key', SigningAlgorithm: 'ECDSA_SHA_256', MessageType: 'RAW' },
      Message: Buffer.from('CDR'),
    });
    const once = new KMSClient({ ...place, maxAttempts: 1 });
    await expect(once.send(sign)).rejects.toMatchObject({ name: 'ThrottlingException' });
    const patient = new KMSClient({ ...place, maxAttempts: 3 });
    expect((await patient.send(sign)).Signature).toBeDefined();
    expect(store.valuesOf(metric, 0)).toEqual([{ at, value: 1 }]);
    once.destroy();
    patient.destroy();
  });
});

describe('the metrics of Lambda', () => {
  it('a throttled run has neither a time nor an error, and every other one is counted for its function and the account', async () => {
    const outcomes: Invocation[] = [
      { kind: 'throttled' },
      { kind: 'returned', payload: null },
      { kind: 'failed', errorType: 'TypeError', errorMessage: 'broken' },
      { kind: 'timed-out', seconds: 3 },
    ];
    const store = createMetricStore();
    const invoke = async () => outcomes.shift() ?? ({ kind: 'throttled' } as const);
    const run = measuredInvoke(invoke, store, () => at);
    const arn = 'arn:aws:lambda:eu-central-1:000000000000:function:joulegate-prod-ocpp';
    for (let n = 0; n < 4; n += 1) await run(arn, {});
    const values = (name: string, dimensions: Record<string, string>) =>
      store.valuesOf({ namespace: 'AWS/Lambda', name, dimensions }, 0).map(({ value }) => value);
    const own = { FunctionName: 'joulegate-prod-ocpp' };

    expect(values('Throttles', own)).toEqual([1]);
    expect(values('Errors', own)).toEqual([2]);
    expect(values('Invocations', own)).toEqual([3]);
    expect(values('Duration', own)).toHaveLength(3);
    expect(values('Invocations', {})).toEqual([3]);
    expect(values('Duration', {})).toHaveLength(1);
  });
});

describe('the store of metrics', () => {
  const metric = { namespace: 'AWS/DynamoDB', name: 'WriteThrottleEvents', dimensions: {} };

  it('the counts of ten seconds are one value, so that a busy day is kept whole', () => {
    const store = createMetricStore();
    for (let n = 0; n < 86_400 * 2; n += 1) store.add({ ...metric, at: at + n * 500, value: 1 });
    const values = store.valuesOf(metric, 0);
    expect(values).toHaveLength(8640);
    expect(values.reduce((sum, { value }) => sum + value, 0)).toBe(86_400 * 2);
  });

  it('a metric has the same values, whether each names it or they are noted in its series', () => {
    const note = fc.record({
      way: fc.constantFrom('put', 'add'),
      index: fc.constantFrom('listing', 'places'),
      later: fc.nat(30_000),
      value: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(note), (notes) => {
        const [named, kept] = [createMetricStore(), createMetricStore()];
        const metricOf = (index: string) => ({ ...metric, dimensions: { TableName: index } });
        const series = new Map(
          ['listing', 'places'].map((index) => [index, kept.seriesOf(metricOf(index))]),
        );
        for (const { way, index, later, value } of notes) {
          named[way]({ ...metricOf(index), at: at + later, value });
          series.get(index)?.[way](at + later, value);
        }
        for (const index of series.keys()) {
          const values = kept.valuesOf(metricOf(index), 0);
          expect(values).toEqual(named.valuesOf(metricOf(index), 0));
          const sum = notes.reduce((all, one) => all + (one.index === index ? one.value : 0), 0);
          expect(values.reduce((all, { value }) => all + value, 0)).toBe(sum);
        }
      }),
    );
  });

  it('a table has its own counts, and each of its indexes others', () => {
    const store = createMetricStore();
    const measure = measuredTables(store, () => at);
    measure({ table: 'state', metric: 'WriteThrottleEvents', amount: 2 });
    measure({ table: 'state', index: 'listing', metric: 'WriteThrottleEvents', amount: 3 });
    const countOf = (dimensions: Record<string, string>) =>
      store.valuesOf({ ...metric, dimensions }, 0)[0]?.value;
    expect(countOf({ TableName: 'state' })).toBe(2);
    expect(countOf({ TableName: 'state', GlobalSecondaryIndexName: 'listing' })).toBe(3);
  });
});
