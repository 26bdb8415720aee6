import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { askApi } from '../../clients/operator-api.ts';
import type { StackAccess } from '../../clients/stack-access.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import type { Deployment, Usage } from '../../runner/runner-interfaces.ts';
import type { StackOptions } from '../../runner/stack-options.ts';
import { startService } from '../../runner/start-service.ts';
import { type Counted, countedFrom } from '../aws-bill/counted.ts';
import { deployedParts } from '../aws-bill/deployed-parts.ts';
import type { DeployedParts } from '../aws-bill/fixed-month.ts';
import { itemBytes } from '../aws-bill/item-bytes.ts';
import { logGrowth, logSize } from '../aws-bill/log-size.ts';
import { type StepUsage, usageBySteps } from '../aws-bill/step-usage.ts';
import type { StoredBytes } from '../aws-bill/storage-month.ts';
import { benchToken } from '../charger/messages.ts';

/** A local stack of its own with a tariff and a token, and chargers on demand. */
export type BenchStack = {
  /** Base URL of the charger side. */
  readonly chargers: string;
  readonly dataDirectory: string;
  /** The operator API and a key to it. */
  readonly access: StackAccess;
  /** URL of the engine itself. */
  readonly engine: string;
  /** Direct access to the functions' tables, bypassing policies and uncounted. */
  readonly database: Database;
  readonly operatorId: string;
  readonly tariffId: string;
  readonly drained: () => Promise<void>;
  /** The longest that the template lets readings be gathered before they are folded in. */
  readonly liveWindowSeconds: number;
  /** Counts what an action makes the stack use until no stream record waits any more. */
  readonly countDuring: (action: () => Promise<void>) => Promise<Used>;
  /** The usage AWS would bill for an action, including its log lines. */
  readonly billDuring: (action: () => Promise<void>) => Promise<Billed>;
  readonly memoryOf: (step: string) => number;
  /** Days that raw readings are kept. */
  readonly readingDays: number;
  /** Whether raw readings can be brought back to a point in time. */
  readonly readingRecovery: boolean;
  /** Resources of the deployment that cost the same with and without chargers. */
  readonly parts: DeployedParts;
  /** Bytes in the tables as AWS would bill them for storage. */
  readonly storedBytes: () => Promise<StoredBytes>;
  readonly stop: () => Promise<void>;
};

/** The usage, one by one and by step. */
export type Used = { readonly usages: readonly Usage[]; readonly steps: readonly StepUsage[] };

/** The usage and its price on AWS. */
export type Billed = Used & {
  readonly counted: Counted;
  /** The same with assumed times alone: no clock of this machine in it. */
  readonly untimed: Counted;
};

// Longer than any part of the stack holds back lines of a log.
const logDelayMilliseconds = 500;

/** Starts a stack in a directory of its own that goes when it is stopped. */
export async function startBenchStack(
  options: Omit<StackOptions, 'dataDirectory'>,
): Promise<BenchStack> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'joulegate-bench-'));
  const remove = (): void => rmSync(dataDirectory, { recursive: true, force: true });
  const service = await startService({ ...options, dataDirectory }).catch((error: unknown) => {
    remove();
    throw error;
  });
  const { stack, ready } = service;
  const tariffId = await prepareOperator(ready);
  const functions = new Map(stack.functions.map((each) => [each.address, each]));
  const stepOf = (address: string): string =>
    functions.get(address)?.environment['POWERTOOLS_SERVICE_NAME'] ?? '';
  const memories = new Map(
    stack.functions.map((each) => [stepOf(each.address), each.memoryMegabytes]),
  );
  const countDuring = async (action: () => Promise<void>): Promise<Used> => {
    await stack.drained();
    stack.resetUsages();
    await action();
    await stack.drained();
    const usages = stack.usages();
    return { usages, steps: usageBySteps(usages, stepOf) };
  };
  const database = openStore(ready.dynamodb, stack.deployment);
  const memoryOf = (step: string): number => memories.get(step) ?? 0;
  const variablesOfMessages = stack.functions.find(
    ({ address }) => stepOf(address) === 'ocpp',
  )?.environment;
  return {
    chargers: stack.chargers,
    dataDirectory,
    access: ready,
    engine: ready.dynamodb,
    database,
    memoryOf,
    readingDays: Number(variablesOfMessages?.['READING_RETENTION_DAYS']),
    readingRecovery: hasReadingRecovery(stack.deployment),
    parts: deployedParts(stack.deployment),
    storedBytes: async () => ({
      readings: await tableBytes(database, database.readings),
      state: await tableBytes(database, database.state),
    }),
    operatorId: operatorIn(dataDirectory),
    tariffId,
    drained: stack.drained,
    liveWindowSeconds: longestWindow(stack.deployment),
    countDuring,
    billDuring: async (action) => {
      await sleep(logDelayMilliseconds);
      const before = logSize(dataDirectory);
      const used = await countDuring(action);
      await sleep(logDelayMilliseconds);
      const logs = logGrowth(before, logSize(dataDirectory));
      const billed = (steps: readonly StepUsage[]): Counted =>
        countedFrom(used.usages, { steps, memoryOf, ...logs });
      const untimedSteps = used.steps.map((step) => ({ ...step, milliseconds: 0 }));
      return { ...used, counted: billed(used.steps), untimed: billed(untimedSteps) };
    },
    stop: async () => {
      await service.stop();
      remove();
    },
  };
}

/** Makes the token and a tariff of the usual kind, and gives the tariff's id. */
async function prepareOperator(access: Parameters<typeof askApi>[0]): Promise<string> {
  await askApi(access, 'POST', '/tokens', { tokenId: benchToken, accountId: 'bench' });
  // Chargers of the bench have no settings, and a new one is asked for them once in its life.
  await askApi(access, 'PUT', '/settings/configuration', { useDefaults: false });
  const { tariffId } = await askApi<{ tariffId: string }>(access, 'POST', '/tariffs', {
    name: 'Energy and idle minutes',
    currency: 'CHF',
    perKwh: '0.45',
    sessionFee: '0.50',
    idlePerMinute: '0.10',
    idleGraceMinutes: 10,
    vatPercent: '8.1',
  });
  return tariffId;
}

function openStore(engine: string, { outputs }: Deployment): Database {
  const client = new DynamoDBClient({
    endpoint: engine,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'BENCH', secretAccessKey: 'bench' },
  });
  const state = outputs['StateTableName'] ?? '';
  return { client, state, readings: outputs['ReadingsTableName'] ?? '' };
}

async function tableBytes({ client }: Database, table: string): Promise<number> {
  let sum = 0;
  for await (const page of paginateScan({ client }, { TableName: table })) {
    sum += (page.Items ?? []).reduce((bytes, item) => bytes + itemBytes(item), 0);
  }
  return sum;
}

function longestWindow({ resources }: Deployment): number {
  const windows = resources
    .filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
    .map(({ properties }) => Number(properties['MaximumBatchingWindowInSeconds'] ?? 0));
  return Math.max(...windows);
}

function hasReadingRecovery({ resources, outputs }: Deployment): boolean {
  const table = resources.find(
    ({ type, properties }) =>
      type === 'AWS::DynamoDB::GlobalTable' &&
      properties['TableName'] === outputs['ReadingsTableName'],
  );
  if (table === undefined) throw new Error('The template has no table of readings.');
  return JSON.stringify(table.properties).includes('"PointInTimeRecoveryEnabled":true');
}

function operatorIn(dataDirectory: string): string {
  const text = readFileSync(join(dataDirectory, 'demo-operator.json'), 'utf8');
  return (JSON.parse(text) as { operatorId: string }).operatorId;
}
