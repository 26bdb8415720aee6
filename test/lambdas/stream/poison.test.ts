import '../printed.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackText } from '../../../lambdas/store/table/packed-text.ts';
import type { Endpoint } from '../../../runner/aws-json/start-json-endpoint.ts';
import { openQueues, type Queues } from '../../../runner/sqs/open-queues.ts';
import { startSqsEndpoint } from '../../../runner/sqs/start-sqs-endpoint.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { meterValues, newOperator, plugIn, type TestCharger, type TestOperator } from '../plant.ts';
import { printed } from '../printed.ts';
import { type Steps, type StreamRecord, startSteps } from '../run-steps.ts';
import { type Relay, startRelay } from '../start-relay.ts';

type Line = Readonly<Record<string, unknown>>;
type Passed = {
  readonly functionName: string;
  readonly eventSourceArn: string;
  readonly errorName: string;
  readonly record: StreamRecord;
};

const failuresArn = 'arn:aws:sqs:eu-central-1:000000000000:failures';
const url = 'https://sqs.eu-central-1.amazonaws.com/000000000000/failures';
const streamArn = 'arn:aws:dynamodb:eu-central-1:000000000000:table/t/stream/s';

const folder = mkdtempSync(join(tmpdir(), 'joulegate-poison-'));
let database: TestDatabase;
let operator: TestOperator;
let relay: Relay;
let steps: Steps;
let queues: Queues;
let sqs: Endpoint;
let maySend = true;
let chargers = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  relay = await startRelay(database.url);
  steps = await startSteps({ ...database, url: relay.url });
  operator = await newOperator(database);
  const attributes = { Arn: failuresArn, QueueName: 'failures' };
  const type = 'AWS::SQS::Queue';
  const queue = { address: 'failures', type, ref: url, attributes, properties: {} };
  queues = openQueues({ resources: [queue], outputs: {} }, folder);
  sqs = await startSqsEndpoint({
    queues,
    authorize: () => (maySend ? { allowed: true } : { allowed: false, message: 'denied' }),
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SQS: sqs.url,
    AWS_LAMBDA_FUNCTION_NAME: 'the-step',
    FAILURES_QUEUE_URL: url,
  });
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
});

afterAll(async () => {
  steps.stop();
  await sqs.stop();
  await relay.cut();
  await database.stop();
  rmSync(folder, { recursive: true });
});

const run = async (step: string, records: readonly unknown[]): Promise<unknown> =>
  await steps.run(step, { Records: records });

const failed = (...records: readonly StreamRecord[]) => ({
  batchItemFailures: records.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })),
});

/** Messages in the failure queue, which is empty afterwards. */
function passedOver(): readonly Passed[] {
  const queue = queues.get(failuresArn);
  const messages = queue?.receive(10, 30) ?? [];
  queue?.purge();
  return messages.map(({ body }) => JSON.parse(body));
}

/** Records as the stream hands them over `minutes` after they were written. */
const aged = (minutes: number, records: readonly StreamRecord[]): readonly StreamRecord[] =>
  records.map((record) => ({
    ...record,
    eventSourceARN: streamArn,
    dynamodb: {
      ...record.dynamodb,
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000) - minutes * 60,
    },
  }));

const poison = (sequence: string, minutes: number): StreamRecord => {
  const NewImage = { pk: { S: 'x' }, sk: { S: '2#meter#1' }, kind: { S: 'SESSION' } };
  const dynamodb = { SequenceNumber: sequence, NewImage, Keys: { pk: { S: 'x' } } };
  const [record] = aged(minutes, [{ eventName: 'INSERT', dynamodb }]);
  if (record === undefined) throw new Error('no record');
  return record;
};

/** A charger with a session that has begun at 16:00 with a register of 0. */
async function begin(): Promise<{
  readonly charger: TestCharger;
  readonly chargerId: string;
  readonly transactionId: number;
}> {
  chargers += 1;
  const chargerId = `P-${chargers}`;
  const form = { name: 'T', currency: 'EUR', perKwh: '0.5' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  await operator.call('POST', '/chargers', { chargerId, tariffId });
  const charger = await plugIn(database, chargerId.toLowerCase());
  const start = { connectorId: 1, idTag: 'TAG1', timestamp: at(0), meterStart: 0 };
  const { transactionId } = await charger.call('StartTransaction', start);
  return { charger, chargerId, transactionId: Number(transactionId) };
}

const at = (minute: number) => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

const of =
  (chargerId: string) =>
  ({ dynamodb }: StreamRecord): boolean =>
    dynamodb.NewImage['chargerId']?.S === chargerId;

/** The facts of its receipt that a message is kept with. */
const receiptIn = (message = ''): string => {
  const [receipt = ''] = unpackText(Buffer.from(message, 'base64')).split('\n');
  return receipt;
};

const readingsOf = async (chargerId: string) =>
  aged(6, await steps.recordsOf(database.readings)).filter(({ dynamodb }) =>
    receiptIn(dynamodb.NewImage['message']?.B).includes(`"${chargerId}"`),
  );

const endOf = async (chargerId: string) =>
  aged(6, await steps.recordsOf(database.state)).filter(
    (record) => of(chargerId)(record) && 'stop' in record.dynamodb.NewImage,
  );

const sessionOf = async (chargerId: string) =>
  (await operator.call('GET', `/sessions?chargerId=${chargerId}`)).body.items?.[0];

/** Makes a session one that nobody can read, or repairs it. */
async function writeState(sessionId: string, state: string): Promise<void> {
  const key = `SESSION#${sessionId}`;
  await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: { pk: { S: key }, sk: { S: 'SESSION' } },
      UpdateExpression: 'SET #state = :state',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': { S: state } },
    }),
  );
}

const lines = (): readonly Line[] =>
  printed
    .flatMap((text) => text.split('\n'))
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text));

describe.each(['cdr', 'tariff', 'status'])('a record that breaks the function %s', (step) => {
  it(`a record that breaks the function ${step} is retried for five minutes`, async () => {
    const young = poison('1', 4);

    expect(await run(step, [young])).toEqual(failed(young));
    expect(passedOver()).toEqual([]);
  });

  it(`a record that breaks ${step} for longer is moved whole to the failure queue, logged and skipped`, async () => {
    const record = poison('1', 6);
    const before = lines().length;

    expect(await run(step, [record])).toEqual(failed());

    expect(passedOver()).toEqual([
      { functionName: 'the-step', eventSourceArn: streamArn, errorName: 'Error', record },
    ]);
    const told = lines().slice(before);
    expect(told).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        message: 'A record was skipped and sent to the failure queue',
      }),
    );
    expect(told).toContainEqual(
      expect.objectContaining({ RecordsPassedOver: 1, action: step, outcome: 'passed-over' }),
    );
    expect(told.filter((line) => 'RecordsFailed' in line)).toEqual([]);
  });

  it(`a record that breaks ${step} stays where it is if the queue does not accept it`, async () => {
    const record = poison('1', 6);
    maySend = false;
    const answer = await run(step, [record]);
    maySend = true;

    expect(answer).toEqual(failed(record));
    expect(passedOver()).toEqual([]);
  });

  it(`a record that breaks ${step} is moved only once, and not while an earlier one makes it return`, async () => {
    const [first, second, young, last] = [
      poison('1', 7),
      poison('2', 6),
      poison('3', 4),
      poison('4', 6),
    ] as const;

    expect(await run(step, [first, second, young, last])).toEqual(failed(young, last));
    // A standard queue keeps no order, and both are sent at the same time.
    const records = passedOver().map(({ record }) => record);
    expect(records).toHaveLength(2);
    expect(records).toEqual(expect.arrayContaining([first, second]));
  });

  it(`a record that breaks ${step} counts as new if it has no time`, async () => {
    const { eventName, dynamodb } = poison('1', 6);
    const { SequenceNumber, NewImage, Keys } = dynamodb;
    const timeless = { eventName, dynamodb: { SequenceNumber, NewImage, Keys } };

    expect(await run(step, [timeless])).toEqual(failed(timeless));
  });
});

describe('a record that is passed over', () => {
  it('a skipped record delays no reading before or behind it', async () => {
    const { charger, chargerId, transactionId } = await begin();
    await charger.call('MeterValues', meterValues(at(10), 1000, transactionId));
    await charger.call('MeterValues', meterValues(at(20), 2000, transactionId));
    const [one, two] = await readingsOf(chargerId);

    expect(await run('tariff', [one, poison('1', 6), two])).toEqual(failed());

    expect(await sessionOf(chargerId)).toMatchObject({ energyKwh: 2 });
    expect(passedOver()).toHaveLength(1);
  });

  it('a skipped record takes no other reading of its batch with it', async () => {
    const { charger, chargerId } = await begin();
    const { sessionId } = (await sessionOf(chargerId)) ?? {};
    // Only the later one is of the session, which the connector points at.
    for (const minute of [-10, 10]) {
      await charger.call('MeterValues', meterValues(at(minute), 1000));
    }
    const readings = await readingsOf(chargerId);
    await writeState(String(sessionId), 'nonsense');

    expect(await run('tariff', readings)).toEqual(failed());
    await writeState(String(sessionId), 'active');

    expect(readings).toHaveLength(2);
    expect(passedOver().map(({ record }) => record.dynamodb.NewImage['sk']?.S)).toEqual([
      expect.stringContaining(at(10)),
    ]);
  });

  it('a skipped record delays no bill', async () => {
    const { charger, chargerId, transactionId } = await begin();
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 6000 });

    expect(await run('cdr', [poison('1', 6), ...(await endOf(chargerId))])).toEqual(failed());

    expect(await sessionOf(chargerId)).toMatchObject({ cost: { inclVat: '3.00' } });
    expect(passedOver()).toHaveLength(1);
  });

  it('a skipped record passes whole through the queue, with characters that queues do not accept', async () => {
    const record = structuredClone(poison('1', 6)) as StreamRecord & {
      dynamodb: { NewImage: Record<string, { S: string }> };
    };
    record.dynamodb.NewImage['raw'] = { S: '{"a":"\uFFFE\uFFFF"}' };

    expect(await run('status', [record])).toEqual(failed());

    const [message] = queues.get(failuresArn)?.receive(1, 30) ?? [];
    queues.get(failuresArn)?.purge();
    expect(message?.body).not.toMatch(/[\uFFFE\uFFFF]/);
    expect(JSON.parse(message?.body ?? '{}').record).toEqual(record);
  });
});

describe('a record that is sent back by hand, after later ones of its session', () => {
  it('a record sent back by hand adds its reading to the running view as if it had never been missing', async () => {
    const { charger, chargerId, transactionId } = await begin();
    await charger.call('MeterValues', meterValues(at(10), 1000, transactionId));
    const early = await readingsOf(chargerId);
    const { sessionId } = (await sessionOf(chargerId)) ?? {};
    await writeState(String(sessionId), 'nonsense');
    expect(await run('tariff', early)).toEqual(failed());
    const [message] = passedOver();
    await writeState(String(sessionId), 'active');
    await charger.call('MeterValues', meterValues(at(20), 2000, transactionId));
    const late = (await readingsOf(chargerId)).filter(
      ({ dynamodb }) => dynamodb.NewImage['sk']?.S !== early[0]?.dynamodb.NewImage['sk']?.S,
    );
    expect(await run('tariff', late)).toEqual(failed());
    const before = await sessionOf(chargerId);

    for (const _twice of [1, 2]) expect(await run('tariff', [message?.record])).toEqual(failed());

    expect(before).toMatchObject({ energyKwh: 2 });
    expect(await sessionOf(chargerId)).toEqual(before);
    // The bill has it from the table: nobody is asked to correct it, which would fail here.
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 6000 });
    expect(await run('cdr', await endOf(chargerId))).toEqual(failed());
    const billed = await sessionOf(chargerId);
    expect(await run('tariff', [message?.record])).toEqual(failed());
    expect(billed).toMatchObject({ energyKwh: 6, cost: { inclVat: '3.00' } });
    expect(await sessionOf(chargerId)).toEqual(billed);
    expect(passedOver()).toEqual([]);
  });

  it('a record sent back by hand has its session billed, once', async () => {
    const { charger, chargerId, transactionId } = await begin();
    const { sessionId } = (await sessionOf(chargerId)) ?? {};
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 6000 });
    const end = await endOf(chargerId);
    await writeState(String(sessionId), 'nonsense');
    expect(await run('cdr', end)).toEqual(failed());
    const [message] = passedOver();
    await writeState(String(sessionId), 'ended');

    for (const _twice of [1, 2]) expect(await run('cdr', [message?.record])).toEqual(failed());

    const { items } = (await operator.call('GET', `/cdrs?chargerId=${chargerId}`)).body;
    expect(items).toMatchObject([{ state: 'sealed', total: { inclVat: '3.00' } }]);
  });
});

describe('a record that finds no database', () => {
  it('a record that finds no database is retried however old it is', async () => {
    const { charger, chargerId, transactionId } = await begin();
    await charger.call('MeterValues', meterValues(at(10), 1000, transactionId));
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 6000 });
    const readings = await readingsOf(chargerId);
    const ends = await endOf(chargerId);
    await relay.cut();
    const answers = [await run('tariff', readings), await run('cdr', ends)];
    await relay.restore();

    expect(answers).toEqual([failed(...readings), failed(...ends)]);
    expect(passedOver()).toEqual([]);
  });
});
