import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  measuredInvoke,
  measuredTables,
  measuredUsage,
  watchQueues,
} from '../../runner/cloudwatch/dashboards/collect-metrics.ts';
import {
  createMetricStore,
  type MetricName,
  type MetricStore,
} from '../../runner/cloudwatch/dashboards/metric-store.ts';
import { readDashboards } from '../../runner/cloudwatch/dashboards/read-dashboards.ts';
import { tablesOf } from '../../runner/dynamodb/table.ts';
import type { Invocation } from '../../runner/runner-interfaces.ts';
import { openQueues } from '../../runner/sqs/open-queues.ts';
import { metricsOfAlarms } from './metrics-of-alarms.ts';
import { deployment } from './states-of-conditions.ts';

/** The metrics of AWS that the dashboards of the template show, those of expressions included. */
const shown: readonly MetricName[] = readDashboards(deployment)
  .flatMap(({ widgets }) => widgets)
  .flatMap(({ properties }) => (properties['metrics'] ?? []) as readonly unknown[][])
  .flatMap((entry) => {
    const [namespace, name, ...pairs] = entry.filter((one) => typeof one === 'string');
    if (namespace === undefined || name === undefined) return [];
    const named = pairs.flatMap((word, n) => (n % 2 === 0 ? [[word, pairs[n + 1] ?? '']] : []));
    return [{ namespace, name, dimensions: Object.fromEntries(named) }];
  });

const ofAws = [...metricsOfAlarms(deployment), ...shown].filter(({ namespace }) =>
  namespace.startsWith('AWS/'),
);

const ofType = (wanted: string) => deployment.resources.filter(({ type }) => type === wanted);

/** A run of each function, and one that was throttled. */
async function runFunctions(store: MetricStore): Promise<void> {
  const event = { Records: [{ dynamodb: { ApproximateCreationDateTime: 1 } }] };
  const outcomes: readonly Invocation[] = [
    { kind: 'returned', payload: null },
    { kind: 'throttled' },
  ];
  for (const outcome of outcomes) {
    const run = measuredInvoke(async () => outcome, store);
    for (const { attributes } of ofType('AWS::Lambda::Function')) {
      await run(attributes['Arn'] ?? '', event);
    }
  }
}

/** Everything that is noted of each API, and a signature. */
function useApis(store: MetricStore): void {
  const measure = measuredUsage(deployment, store);
  const ofSockets = ['Connect', 'MessageIn', 'ClientError', 'IntegrationError', 'ExecutionError'];
  const ofCalls = ['HttpRequest', 'HttpRefusal', 'HttpFailure', 'HttpAnswer'];
  const operations = [...ofSockets.map((one) => `WebSocket${one}`), ...ofCalls];
  for (const { address: caller } of ofType('AWS::ApiGatewayV2::Api')) {
    for (const operation of operations) {
      const units: Record<string, number> = operation === 'HttpAnswer' ? { latency: 1 } : {};
      measure({ service: 'apigateway', operation, caller, units });
    }
  }
  measure({ service: 'kms', operation: 'Sign', units: { request: 1 } });
}

/** Units and refusals of each table and index. */
function useTables(store: MetricStore): void {
  const use = measuredTables(store);
  const metrics = [
    ...(['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'] as const),
    ...(['ReadThrottleEvents', 'WriteThrottleEvents'] as const),
  ];
  for (const { name: table, indexPartitionKeys } of tablesOf(deployment)) {
    for (const metric of metrics) {
      use({ table, metric, amount: 1 });
      for (const index of Object.keys(indexPartitionKeys)) use({ table, index, metric, amount: 1 });
    }
  }
}

/** A store after each thing that the runner counts has happened once to each function, API, table, index, queue and key. */
async function counted(): Promise<MetricStore> {
  const store = createMetricStore();
  await runFunctions(store);
  useApis(store);
  useTables(store);
  const folder = mkdtempSync(join(tmpdir(), 'joulegate-counted-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const watch = watchQueues(openQueues(deployment, folder), store);
  watch.look();
  await watch.stop();
  return store;
}

describe('the metrics of AWS that the template names', () => {
  it('the runner counts each metric of an alarm or a dashboard, under the same dimensions', async () => {
    const store = await counted();
    const missing = ofAws.filter((metric) => store.valuesOf(metric, 0).length === 0);

    expect(ofAws.length).toBeGreaterThan(120);
    expect(missing).toEqual([]);
  });

  it('a table whose index refuses has a metric of its own for it, of each index that is written', () => {
    const [state] = tablesOf(deployment).filter(({ name }) => name.endsWith('-state'));
    const indexes = Object.keys(state?.indexPartitionKeys ?? {});
    const watched = metricsOfAlarms(deployment)
      .filter(({ name }) => name === 'WriteThrottleEvents')
      .map(({ dimensions }) => dimensions['GlobalSecondaryIndexName']);

    expect(indexes).toHaveLength(4);
    for (const index of indexes) expect(watched).toContain(index);
  });
});
