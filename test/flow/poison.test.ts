import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { failuresList } from '../../cli/commands/failures-list.ts';
import { failuresRetry } from '../../cli/commands/failures-retry.ts';
import { failuresShow } from '../../cli/commands/failures-show.ts';
import { failingSteps } from '../../core/failure/failing-steps.ts';
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
import { alarmScenarios } from './scenarios/alarms.ts';
import { alarmsOfAws } from './scenarios/alarms-of-aws.ts';
import { type RunningFlow, startFlow } from './start-flow.ts';

type PassedOver = {
  readonly functionName: string;
  readonly eventSourceArn: string;
  readonly errorName: string;
  readonly record: JsonObject;
};

type Outcome = Awaited<ReturnType<typeof failuresRetry.run>>;

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const start = '2026-03-05T09:00:00.000Z';
const streamSteps = /(?:CdrStep|TariffStep|StatusStep)Function/;
let flow: RunningFlow;

beforeAll(async () => {
  flow = await startFlow({
    allowLoopback: true,
    eventSources: { disturb: (records) => [records.map(sixMinutesOld)] },
  });
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

/** Messages that are in a step's failure queue. */
function allFailuresOf(step: string): readonly PassedOver[] {
  const queue = flow.service.stack.deployment.resources.find(
    ({ type, address }) =>
      type === 'AWS::SQS::Queue' && new RegExp(`${step}Failures`).test(address),
  );
  const file = join(flow.dataDirectory, 'sqs', `${queue?.attributes['QueueName']}.jsonl`);
  if (!existsSync(file)) {
    return [];
  }
  const messages = new Map<string, string>();
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { message, gone } = JSON.parse(line);
    if (gone !== undefined) messages.delete(gone);
    else messages.set(message.id, message.body);
  }
  return [...messages.values()].map((body) => JSON.parse(body));
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

const prefix = (): string => flow.service.ready.operatorsFunction.replace(/operators$/, '');
const local = {
  region: 'eu-central-1',
  credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
};

/** Puts a message into a step's failure queue, as the step or Lambda does. */
async function fail(step: string, body: unknown): Promise<void> {
  const client = new SQSClient({ ...local, endpoint: flow.service.ready.sqs });
  const QueueUrl = `https://sqs.eu-central-1.amazonaws.com/000000000000/${prefix()}${step}-failures`;
  const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  client.destroy();
}

/** The last record of a session in the stream: as it is handed over, and as a place. */
async function readSessionRecord(sessionId: string): Promise<readonly [JsonObject, JsonObject]> {
  const client = new DynamoDBStreamsClient({ ...local, endpoint: flow.service.stack.dynamodb });
  const streamArn = String(allFailuresOf('Cdr')[0]?.eventSourceArn);
  // The engine has names of its own for streams.
  const TableName = streamArn.split('/')[1];
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName }));
  const StreamArn = Streams.at(-1)?.StreamArn;
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  for (const { ShardId: shardId = '' } of StreamDescription?.Shards ?? []) {
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamArn,
        ShardId: shardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    const last = Records.findLast(
      ({ dynamodb }) => dynamodb?.Keys?.['pk']?.S === `SESSION#${sessionId}` && dynamodb.NewImage,
    );
    const sequence = last?.dynamodb?.SequenceNumber ?? '';
    if (last === undefined) continue;
    client.destroy();
    const place = { streamArn, shardId, startSequenceNumber: sequence, batchSize: 1 };
    return [
      { ...last, eventSourceARN: streamArn } as unknown as JsonObject,
      { DDBStreamBatchInfo: { ...place, endSequenceNumber: sequence } },
    ];
  }
  throw new Error(`The stream has no record of ${sessionId}`);
}

alarmScenarios(() => flow);
alarmsOfAws(() => flow);

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

describe('failures that are handed to their steps again by the command line', () => {
  const words = (...positionals: string[]) => ({ positionals, values: {} });
  const countOf = async (step: string): Promise<number | undefined> => {
    const { json } = await failuresList.run(words());
    const { failures } = json as { failures: { step: string; messages: number }[] };
    return failures.find((one) => one.step === step)?.messages;
  };

  /** Runs the commands of a step's section in the runbook here, one by one, and gives the last answer. */
  const follow = async (step: string): Promise<Outcome | undefined> => {
    const [section = ''] = (runbook.split(`\n## ${step}-failures\n`)[1] ?? '').split('\n## ');
    const commands = section.matchAll(/^npm run joulegate -- failures (\w+) (\w+) --stage prod$/gm);
    let last: Outcome | undefined;
    for (const [, verb = '', named = ''] of commands) {
      expect([verb, named]).toEqual([last === undefined ? 'show' : 'retry', step]);
      last = await (verb === 'show' ? failuresShow : failuresRetry).run(words(named));
      if (verb === 'show') expect(last.text).not.toContain('has no failures');
    }
    return last;
  };

  it('failures that their step can process now are gone, without a second CDR; one that fails again is back', async () => {
    vi.stubEnv('JOULEGATE_DATA_DIR', flow.dataDirectory);
    const sessionId = await charge();
    const cdr = await cdrOf(flow, sessionId);
    await poison('shown', 'STATE_TABLE', 'SESSION');
    await eventually(
      async () => failuresOf('Cdr', 'shown'),
      (failures) => failures.length > 0,
    );
    await flow.drained();
    const others = (await countOf('cdr')) ?? 0;
    const [record, place] = await readSessionRecord(sessionId);
    await fail('cdr', { functionName: `${prefix()}cdr`, errorName: 'TypeError', record });
    await fail('cdr', { requestContext: { condition: 'RetryAttemptsExhausted' }, ...place });
    expect(await countOf('cdr')).toBe(others + 2);

    const shown = (await failuresShow.run(words('cdr'))).text;
    const retried = await failuresRetry.run(words('cdr'));

    expect(shown).toContain(`TypeError: record of SESSION#${sessionId}`);
    expect(shown).toContain('RetryAttemptsExhausted: 1 records from');
    expect(shown).toContain('Error: record of shown');
    // Those that no step can read are back, each as a new message.
    expect(retried).toMatchObject({
      exitCode: 1,
      json: { step: 'cdr', retried: 2, returned: others, left: [] },
    });
    expect(await countOf('cdr')).toBe(others);
    expect(await cdrOf(flow, sessionId)).toEqual(cdr);
  });

  it('a message of a charger that is handed over again ends its session, and a second time changes nothing', async () => {
    vi.stubEnv('JOULEGATE_DATA_DIR', flow.dataDirectory);
    const operator = await flow.newOperator('Handed over');
    const own = { ...flow, operator };
    const tariffId = await registerTariff(own, { perKwh: '0.50' });
    await registerToken(own, 'OTTO');
    const { chargerId, ...registered } = await registerCharger(own, { tariffId });
    const plug = await connect(own, { chargerId, ...registered });
    const { transactionId } = await plug.call('StartTransaction', {
      ...{ connectorId: 1, idTag: 'OTTO', meterStart: 0, timestamp: start },
    });
    await plug.close();
    const stop = { transactionId, meterStop: 12_000, timestamp: minutesAfter(start, 60) };
    const [session] = await sessionsOf(own, chargerId);
    const { operatorId } = operator;
    const message = {
      charger: {
        ...{ chargerId, operatorId, chargerKey: `${operatorId}#${chargerId.toLowerCase()}` },
        ...{ shard: 0, protocol: 'ocpp1.6', timeZone: 'Europe/Berlin', tariffId },
      },
      ...{ connectionId: 'gone', connectedAt: Date.now(), receivedAt: Date.now() },
      text: JSON.stringify([2, 'stop-1', 'StopTransaction', stop]),
    };
    const handOver = async () => {
      await fail('postponed', message);
      return await follow('postponed');
    };

    const outcome = await handOver();
    const cdr = await cdrOf(own, session?.sessionId ?? '');
    await handOver();
    await flow.drained();

    expect(outcome).toMatchObject({ exitCode: 0, json: { retried: 1, returned: 0, left: [] } });
    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 12, total: { inclVat: '6.00' } });
    expect(await cdrOf(own, session?.sessionId ?? '')).toEqual(cdr);
    expect(await countOf('postponed')).toBe(0);
  });

  /** A failure of each step whose failures are not handed over above: one that the step can process by now. */
  const harmless: Readonly<Record<string, (sessionId: string) => unknown>> = {
    tariff: () => removed('tariff'),
    status: () => removed('status'),
    events: () => removed('events'),
    corrections: (sessionId) => ({ sessionId, until: start }),
    commands: () => ({ kind: 'next', chargerKey: 'op_nobody#cp' }),
    webhooks: () => ({
      ...{ kind: 'delivery', operatorId: 'op_nobody', webhookId: 'wh_nobody', attempt: 1 },
      event: { type: 'a', id: 'evt_1', at: start, operatorId: 'op_nobody', data: {} },
    }),
    partners: () => ({
      ...{ kind: 'look', operatorId: 'op_nobody' },
      thing: { kind: 'location', locationId: 'loc_nobody' },
    }),
  };
  const removed = (step: string) => ({
    functionName: `${prefix()}${step}`,
    errorName: 'TypeError',
    record: { eventName: 'REMOVE', dynamodb: { Keys: { pk: { S: step }, sk: { S: '0' } } } },
  });

  it('the condition of every alarm of a failure queue is raised by a message, and ended by the commands of its section', async () => {
    vi.stubEnv('JOULEGATE_DATA_DIR', flow.dataDirectory);
    const sessionId = await charge();
    await flow.drained();
    const others = Object.keys(failingSteps).filter((step) => harmless[step] === undefined);
    expect(others).toEqual(['postponed', 'cdr', 'sweep']);

    const returned: Record<string, unknown> = {};
    for (const [step, make] of Object.entries(harmless)) {
      const before = (await countOf(step)) ?? 0;
      await fail(step, make(sessionId));
      // The metric of the alarm: messages that are visible.
      expect([step, await countOf(step)]).toEqual([step, before + 1]);
      expect((await failuresList.run(words())).exitCode).toBe(1);

      const json = (await follow(step))?.json;
      expect([step, json]).toMatchObject([step, { step, left: [] }]);
      expect((json as { retried: number }).retried).toBeGreaterThan(0);
      // Those of other tests that no step can read come back, each as a new message.
      returned[step] = (json as { returned: number }).returned;
    }
    await flow.drained();
    for (const step of ['corrections', 'commands', 'webhooks', 'partners', 'events']) {
      expect([step, await countOf(step)]).toEqual([step, returned[step]]);
    }
  });

  it('a run that failed is started again, and a word that is no step is refused', async () => {
    vi.stubEnv('JOULEGATE_DATA_DIR', flow.dataDirectory);
    await fail('sweep', { version: '0', 'detail-type': 'Scheduled Event' });
    expect(await follow('sweep')).toMatchObject({
      exitCode: 0,
      text: '1 handed over, 0 failed again, 0 left as they were',
    });
    await expect(failuresRetry.run(words('sealing'))).rejects.toThrow(
      'Name a step: postponed, cdr, tariff,',
    );
  });
});

describe('records as old as those that find no database', () => {
  it('records that fail for lack of a database are retried until it is back, and none is skipped', async () => {
    const before = ['Status', 'Tariff', 'Cdr'].map(allFailuresOf);
    flow.database.failsFor = streamSteps;
    const sessionId = await charge();
    const triesOf = (step: RegExp) => flow.database.refused.filter((one) => step.test(one)).length;
    await expect.poll(() => triesOf(/TariffStep/)).toBeGreaterThan(3);
    await expect.poll(() => triesOf(/CdrStep/)).toBeGreaterThan(3);
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
