import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../runner/template/json-object.ts';
import {
  cdrOf,
  connect,
  eventually,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from './flow.ts';
import { energyAt, minutesAfter } from './meter-values.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';

type PassedOver = {
  readonly functionName: string;
  readonly eventSourceArn: string;
  readonly errorName: string;
  readonly record: JsonObject;
};

const start = '2026-03-05T09:00:00.000Z';
const streamSteps = /(?:CdrStep|TariffStep|StatusStep)Function/;
let flow: RunningFlow;

beforeAll(async () => {
  flow = await startFlow({ eventSources: { disturb: (records) => [records.map(sixMinutesOld)] } });
});
afterAll(async () => {
  await flow.stop();
});

function sixMinutesOld(record: JsonObject): JsonObject {
  const { ApproximateCreationDateTime: at, ...change } = asJsonObject(record['dynamodb']);
  const dynamodb = { ...change, ApproximateCreationDateTime: Number(at) - 360 };
  return { ...record, dynamodb };
}

/** Writes an item that no step can read into the partition that is named, past all policies. */
async function poison(
  partition: string,
  table: 'STATE_TABLE' | 'READINGS_TABLE',
  kind: string,
): Promise<void> {
  const { stack } = flow.service;
  const cdr = stack.functions.find(({ address }) => /CdrStepFunction/.test(address));
  const client = new DynamoDBClient({
    endpoint: stack.dynamodb,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
  });
  const [pk, sk, state] = [partition, `2026#${kind}#0`, 'ended'].map((S) => ({ S }));
  const Item = { pk, sk, state, kind: { S: kind } } as Record<string, { S: string }>;
  await client.send(new PutItemCommand({ TableName: cdr?.environment[table], Item }));
  client.destroy();
}

/** Messages of a partition in a step's failure queue so far, from the runner's data directory. */
function failuresOf(step: string, partition: string): readonly PassedOver[] {
  return allFailuresOf(step).filter(({ record }) => {
    const keys = asJsonObject(asJsonObject(record['dynamodb'])['Keys']);
    return asJsonObject(keys['pk'])['S'] === partition;
  });
}

/** Messages in a step's failure queue so far. */
function allFailuresOf(step: string): readonly PassedOver[] {
  const queue = flow.service.stack.deployment.resources.find(
    ({ type, address }) =>
      type === 'AWS::SQS::Queue' && new RegExp(`${step}Failures`).test(address),
  );
  const file = join(flow.dataDirectory, 'sqs', `${queue?.attributes['QueueName']}.jsonl`);
  if (!existsSync(file)) {
    return [];
  }
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(JSON.parse(line).message.body));
}

/** Charges for an hour: 12 kWh for 6 EUR. */
async function charge(): Promise<string> {
  const tariffId = await registerTariff(flow, { perKwh: '0.50' });
  await registerToken(flow, 'OTTO');
  const registered = await registerCharger(flow, { tariffId });
  const plug = await connect(flow, registered);
  const begin = { connectorId: 1, idTag: 'OTTO', meterStart: 0, timestamp: start };
  const { transactionId } = await plug.call('StartTransaction', begin);
  const meterValue = [energyAt(minutesAfter(start, 30), 5000)];
  await plug.call('MeterValues', { connectorId: 1, transactionId, meterValue });
  const timestamp = minutesAfter(start, 60);
  await plug.call('StopTransaction', { transactionId, meterStop: 12_000, timestamp });
  await plug.close();
  const [session] = await sessionsOf(flow, registered.chargerId);
  return session?.sessionId ?? '';
}

describe('records that no step can read', () => {
  it('unreadable records block nothing: they are in the failure queues of their steps, and the records behind them are billed', async () => {
    await poison('unreadable', 'READINGS_TABLE', 'status');
    await poison('unreadable', 'READINGS_TABLE', 'meter');
    await poison('unreadable', 'STATE_TABLE', 'SESSION');

    const cdr = await cdrOf(flow, await charge());
    await flow.drained();

    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 12, total: { inclVat: '6.00' } });
    const counts = ['Status', 'Tariff', 'Cdr'].map((step) => failuresOf(step, 'unreadable').length);
    expect(counts).toEqual([1, 2, 1]);
    const [failure] = failuresOf('Cdr', 'unreadable');
    expect(failure).toMatchObject({
      functionName: expect.stringMatching(/-cdr$/),
      eventSourceArn: expect.stringContaining('/stream/'),
      errorName: 'Error',
      record: { eventName: 'INSERT', dynamodb: { NewImage: { pk: { S: 'unreadable' } } } },
    });
  });

  it('unreadable records that are sent back too early return to the failure queue', async () => {
    await poison('sent-back', 'STATE_TABLE', 'SESSION');
    const [failure] = await eventually(
      async () => failuresOf('Cdr', 'sent-back'),
      (failures) => failures.length > 0,
    );
    const { functions, invoke } = flow.service.stack;
    const cdr = functions.find(({ name }) => name === failure?.functionName);

    const invocation = await invoke(cdr?.arn ?? '', { Records: [failure?.record] });

    expect(invocation).toMatchObject({ kind: 'returned', payload: { batchItemFailures: [] } });
    expect(failuresOf('Cdr', 'sent-back')).toEqual([failure, failure]);
  });
});

describe('records as old as those that find no database', () => {
  it('records that fail for lack of a database are retried until it is back, and none is skipped', async () => {
    const before = ['Status', 'Tariff', 'Cdr'].map(allFailuresOf);
    flow.database.failsFor = streamSteps;
    const sessionId = await charge();
    const triesOf = (step: RegExp) => flow.database.refused.filter((one) => step.test(one)).length;
    await expect.poll(() => triesOf(/TariffStep/), { timeout: 20_000 }).toBeGreaterThan(3);
    await expect.poll(() => triesOf(/CdrStep/), { timeout: 20_000 }).toBeGreaterThan(3);
    const unbilled = await flow.operator.get(`/sessions/${sessionId}/cdr`);
    flow.database.failsFor = undefined;

    const { status } = await eventually(
      () => flow.operator.get(`/sessions/${sessionId}/cdr`),
      (answer) => answer.status === 200,
    );
    await flow.drained();

    expect([unbilled.status, status]).toEqual([404, 200]);
    expect(['Status', 'Tariff', 'Cdr'].map(allFailuresOf)).toEqual(before);
  });
});
