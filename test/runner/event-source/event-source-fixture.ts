import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTables } from '../../../runner/dynamodb/create-tables.ts';
import { createEngineClient } from '../../../runner/dynamodb/engine-client.ts';
import { type Engine, startEngine } from '../../../runner/dynamodb/start-engine.ts';
import { tablesOf } from '../../../runner/dynamodb/table.ts';
import type { EventSourceOptions } from '../../../runner/event-source/event-source-options.ts';
import { startEventSources } from '../../../runner/event-source/start-event-sources.ts';
import type {
  Authorize,
  DeployedResource,
  Deployment,
  Invocation,
} from '../../../runner/runner-interfaces.ts';
import { openQueues } from '../../../runner/sqs/open-queues.ts';
import { asJsonObject, asList, type JsonObject } from '../../../runner/template/json-object.ts';
import { readingsTable } from '../dynamodb/readings-deployment.ts';

export const failuresArn = 'arn:aws:sqs:eu-central-1:000000000000:failures';
export const workArn = 'arn:aws:sqs:eu-central-1:000000000000:work';
const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:tariff';

function queue(name: string, properties: JsonObject = {}): DeployedResource {
  const Arn = `arn:aws:sqs:eu-central-1:000000000000:${name}`;
  return {
    address: `Service/${name}`,
    type: 'AWS::SQS::Queue',
    ref: `https://sqs.eu-central-1.amazonaws.com/000000000000/${name}`,
    attributes: { Arn, QueueName: name },
    properties,
  };
}

/** A table, a function, a mapping between them, and the queues for failures and for work. */
export function deploymentWith(mapping: JsonObject, workQueue: JsonObject = {}): Deployment {
  return {
    resources: [
      readingsTable,
      queue('failures'),
      queue('work', { VisibilityTimeout: 1, ...workQueue }),
      {
        address: 'Service/Tariff',
        type: 'AWS::Lambda::Function',
        ref: 'tariff',
        attributes: { Arn: functionArn },
        properties: {},
      },
      {
        address: 'Service/Mapping',
        type: 'AWS::Lambda::EventSourceMapping',
        ref: 'mapping',
        attributes: {},
        properties: {
          EventSourceArn: readingsTable.attributes['StreamArn'],
          FunctionName: 'tariff',
          StartingPosition: 'TRIM_HORIZON',
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          DestinationConfig: { OnFailure: { Destination: failuresArn } },
          ...mapping,
        },
      },
    ],
    outputs: {},
  };
}

/** Content of a batch: the `sk` of each record of a stream. */
export function readingsOf(event: unknown): readonly string[] {
  return asList(asJsonObject(event)['Records']).map((record) => {
    const { Keys } = asJsonObject(asJsonObject(asJsonObject(record))['dynamodb']);
    return String(asJsonObject(asJsonObject(Keys)['sk'])['S']);
  });
}

/** The answer of a function that could not take some records of its batch. */
export function failing(event: unknown, readings: readonly string[]): Invocation {
  const sks = readingsOf(event);
  const records = asList(asJsonObject(event)['Records']).map(asJsonObject);
  const failed = records.filter((_, index) => readings.includes(sks[index] ?? ''));
  const batchItemFailures = failed.map(({ dynamodb }) => ({
    itemIdentifier: asJsonObject(dynamodb)['SequenceNumber'],
  }));
  return { kind: 'returned', payload: { batchItemFailures } };
}

export const succeeded: Invocation = { kind: 'returned', payload: { batchItemFailures: [] } };
export const failed: Invocation = { kind: 'failed', errorType: 'Error', errorMessage: 'broken' };

/** An engine with an empty table of its own. */
export async function startTables(kind: string) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'joulegate-source-'));
  const engine = await startEngine(kind, dataDirectory);
  const client = createEngineClient(engine.url);
  await createTables(client, tablesOf(deploymentWith({})));
  const put = async (pk: string, sk: string, more: JsonObject = {}) => {
    const Item = { pk: { S: pk }, sk: { S: sk }, ...more };
    await client.call('PutItem', { TableName: readingsTable.ref, Item });
  };
  const stop = async () => {
    client.close();
    await engine.stop();
  };
  return { engine, dataDirectory, put, stop };
}

export type SourceSettings = {
  readonly engine: Engine;
  readonly dataDirectory: string;
  readonly deployment: Deployment;
  readonly invoke: (event: unknown) => Invocation | Promise<Invocation>;
  readonly authorize?: Authorize;
  readonly options?: EventSourceOptions;
};

/** The sources of a deployment at work, with their function and their queues. */
export async function startSources(settings: SourceSettings) {
  const { engine, dataDirectory, deployment } = settings;
  const queues = openQueues(deployment, dataDirectory);
  const sources = await startEventSources({
    deployment,
    engine,
    tables: tablesOf(deployment),
    queues,
    invoke: async (_arn, event) => await settings.invoke(event),
    authorize: settings.authorize ?? (() => ({ allowed: true })),
    accessKeyOf: () => 'ASIATARIFF',
    dataDirectory,
    options: { backoffScale: 0.01, windowScale: 0.1, ...settings.options },
  });
  const failures = () =>
    (queues.get(failuresArn)?.receive(10, 0) ?? []).map(({ body }) =>
      asJsonObject(JSON.parse(body)),
    );
  return { sources, queues, failures };
}
