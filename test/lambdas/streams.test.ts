import './quiet.ts';
import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { transactionIdOf } from '../../core/session/transaction-id-of.ts';
import { supersedingSessions } from '../../lib/record-filters.ts';
import { matchesPattern } from '../../local/event-source/event-pattern.ts';
import { openDatabase, type TestDatabase } from '../contracts/engines.ts';
import { meterValues, newOperator, plugIn, type TestOperator } from './plant.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

let database: TestDatabase;
let operator: TestOperator;
let kms: Server;
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const asked: string[] = [];

/** Answers as KMS does; it cannot sign a digest, so it signs the digest's bytes as they are. */
function answerKms(body: Record<string, string>, target: string): Record<string, string> {
  asked.push(target);
  if (target.endsWith('GetPublicKey')) {
    const der = keys.publicKey.export({ type: 'spki', format: 'der' });
    return { PublicKey: der.toString('base64') };
  }
  const digest = Buffer.from(body['Message'] ?? '', 'base64');
  return { Signature: sign('sha256', digest, keys.privateKey).toString('base64') };
}

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  kms = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(answerKms(body, String(request.headers['x-amz-target']))));
    });
  });
  await new Promise<void>((done) => kms.listen(0, '127.0.0.1', done));
  const { port } = kms.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'TEST',
    AWS_SECRET_ACCESS_KEY: 'TEST',
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${port}`,
    STATE_TABLE: database.state,
    READINGS_TABLE: database.readings,
    CDR_KEY_ID: 'arn:aws:kms:eu-central-1:000000000000:key/cdr',
  });
  operator = await newOperator(database);
});

afterAll(async () => {
  kms.close();
  await database.stop();
});

/** Records of a table as its stream would hand them over; nothing is lost by handing them over again. */
async function recordsOf(table: string): Promise<readonly Record<string, unknown>[]> {
  const { Items = [] } = await database.client.send(new ScanCommand({ TableName: table }));
  return Items.map((NewImage, index) => ({
    eventName: 'INSERT',
    dynamodb: { NewImage, SequenceNumber: String(index), Keys: {} },
  }));
}

const broken = {
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber: 'broken',
    NewImage: { pk: { S: 'x' }, sk: { S: 'y' }, kind: { S: 'SESSION' } },
  },
};

async function run(step: string, records: readonly unknown[]): Promise<unknown> {
  const module: { handler: Handler } = await import(`../../lambdas/${step}/handler.ts`);
  const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 10_000 };
  return await module.handler({ Records: records }, context);
}

it('carries a session through the three stream functions, and names a broken record alone', async () => {
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const form = { name: 'T', currency: 'EUR', perKwh: '0.5' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  await operator.call('POST', '/chargers', { chargerId: 'S-1', tariffId });
  const charger = await plugIn(database, 's-1');
  await charger.call('StatusNotification', {
    connectorId: 1,
    status: 'Charging',
    errorCode: 'NoError',
    timestamp: '2026-04-14T16:00:00Z',
  });
  const { transactionId } = await charger.call('StartTransaction', {
    connectorId: 1,
    idTag: 'TAG1',
    timestamp: '2026-04-14T16:00:00Z',
    meterStart: 0,
  });
  await charger.call(
    'MeterValues',
    meterValues('2026-04-14T16:30:00Z', 4000, Number(transactionId)),
  );

  const readings = await recordsOf(database.readings);
  const statuses = readings.filter((one) => JSON.stringify(one).includes('"status"'));
  expect(await run('status', statuses)).toEqual({ batchItemFailures: [] });
  expect(await run('tariff', [...readings, ...readings])).toEqual({ batchItemFailures: [] });
  const shown = (await operator.call('GET', '/chargers/S-1')).body;
  expect(shown['connectors']).toEqual([
    expect.objectContaining({ connectorId: 1, status: 'Charging' }),
  ]);
  const [running] = (await operator.call('GET', '/sessions/active')).body.items ?? [];
  expect(running).toMatchObject({ energyKwh: 4, cost: { inclVat: '2.00' } });

  await charger.call('StopTransaction', {
    transactionId,
    timestamp: '2026-04-14T17:00:00Z',
    meterStop: 6000,
  });
  const states = await recordsOf(database.state);
  expect(await run('cdr', [broken, ...states])).toEqual({
    batchItemFailures: [{ itemIdentifier: 'broken' }],
  });
  expect(await run('cdr', states)).toEqual({ batchItemFailures: [] });

  const [cdr] = (await operator.call('GET', '/cdrs')).body.items ?? [];
  const seal = cdr?.['seal'] as Record<string, string>;
  expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 6, total: { inclVat: '3.00' } });
  const signed = Buffer.from(seal['hash'] ?? '', 'hex');
  const key: KeyObject = keys.publicKey;
  expect(verify('sha256', signed, key, Buffer.from(seal['signature'] ?? '', 'base64'))).toBe(true);
  expect(seal['publicKey']).toBe(key.export({ type: 'spki', format: 'der' }).toString('base64'));
  expect(asked.filter((target) => target.endsWith('Sign'))).toHaveLength(1);
});

it('ends the session before a start that follows its own stop', async () => {
  await operator.call('POST', '/chargers', { chargerId: 'S-2' });
  const charger = await plugIn(database, 's-2');
  const start = (minute: number) => ({
    connectorId: 1,
    idTag: 'TAG1',
    timestamp: `2026-04-14T16:${minute}:00Z`,
    meterStart: minute,
  });
  const { transactionId: open } = await charger.call('StartTransaction', start(10));
  const { idTag, timestamp: startedAt, ...rest } = start(20);
  const id = transactionIdOf({ chargerKey: 's-2', idTag, startedAt, ...rest }, 0);
  await charger.call('StopTransaction', { transactionId: id, timestamp: startedAt, meterStop: 20 });
  const imageOf = async (transactionId: unknown) =>
    (await recordsOf(database.state))
      .map(
        (record) => (record['dynamodb'] as { NewImage: Record<string, { S?: string }> }).NewImage,
      )
      .find((image) => image['transactionId']?.S === String(transactionId));
  const OldImage = await imageOf(id);
  await charger.call('StartTransaction', start(20));
  const dynamodb = { OldImage, NewImage: await imageOf(id), SequenceNumber: '1', Keys: {} };
  const record = { eventName: 'MODIFY', dynamodb };

  expect(matchesPattern(JSON.parse(JSON.stringify(supersedingSessions)), record)).toBe(true);
  expect(await run('cdr', [record])).toEqual({ batchItemFailures: [] });

  expect((await imageOf(open))?.['state']).toEqual({ S: 'ended' });
  const again = { ...record, dynamodb: { ...dynamodb, OldImage: dynamodb.NewImage } };
  expect(matchesPattern(JSON.parse(JSON.stringify(supersedingSessions)), again)).toBe(false);
});
