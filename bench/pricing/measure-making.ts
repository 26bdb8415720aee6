import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { chargerKey as chargerKeyOf } from '../../core/charger/charger-key.ts';
import { makeCdr } from '../../lambdas/cdr/make-cdr.ts';
import { keepReading } from '../../lambdas/store/readings/readings.ts';
import { sessionAttributes } from '../../lambdas/store/sessions/session-item.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import { toItem } from '../../lambdas/store/table/item.ts';
import { keyAttributes } from '../../lambdas/store/table/keys/key.ts';
import { sessionKey } from '../../lambdas/store/table/keys/session-keys.ts';
import { newClient } from '../../lambdas/store/table/new-client.ts';
import { writeTariffVersion } from '../../lambdas/store/tariffs/tariffs.ts';
import { startEngine } from '../../runner/dynamodb/start-engine.ts';
import { median } from '../report/median.ts';
import { atMost, type Row } from '../report/row.ts';
import { messagesOf, sessionOf } from './bench-session.ts';
import { pricingTariff } from './pricing-sample.ts';

/** A CDR of so many readings, and how it is measured. */
type Size = {
  readonly readings: number;
  readonly warmUp: number;
  /** CDRs of a round, of as many chargers. */
  readonly each: number;
  /** A CDR asks the database six times, reads its messages, measures, prices, packs and seals: so many times the CPU of a bare request, in this process alone. */
  readonly mostOfBare: number;
};

const sizes: readonly Size[] = [
  { readings: 45, warmUp: 60, each: 15, mostOfBare: 13 },
  { readings: 500, warmUp: 25, each: 4, mostOfBare: 35 },
];

const rounds = 9;

/** Messages that are put at a time. */
const atOnce = 45;

const settings = {
  region: 'eu-central-1',
  credentials: { accessKeyId: 'BENCH', secretAccessKey: 'bench' },
};

/** The services around a CDR: the signature is that of another process, and costs nothing here. */
const helpers = {
  sign: async (digest: string) => ({ signature: Buffer.from(digest, 'hex').toString('base64') }),
  askForCorrection: async () => {},
  countWaiting: async () => 0,
  waitForMessages: async () => {},
};

async function createTables({ client, state, readings: series }: Database): Promise<void> {
  for (const TableName of [state, series]) {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S' as const,
        })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
  }
}

/** Puts a session that has ended and its messages into the tables, of a charger of its own. */
async function putSession(database: Database, readings: number, n: number): Promise<string> {
  const sessionId = `ses_${`${readings}b${n}`.padStart(26, 'a')}`;
  const session = {
    ...sessionOf(readings),
    sessionId,
    chargerId: `CP-${readings}-${n}`,
    tariffId: pricingTariff.tariffId,
  };
  const { operatorId, chargerId } = session;
  const key = sessionKey(sessionId);
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({
        ...key,
        kind: 'SESSION',
        ...sessionAttributes(session),
        shard: 0,
        version: 1,
      }),
    }),
  );
  const chargerKey = chargerKeyOf(operatorId, chargerId);
  const of = { operatorId, chargerId, chargerKey, sessionId, protocol: session.protocol };
  const messages = [...messagesOf(readings).entries()];
  for (let from = 0; from < messages.length; from += atOnce) {
    await Promise.all(
      messages.slice(from, from + atOnce).map(async ([index, { key: sk, ...message }]) => {
        const kept = { ...message, ...of, at: sk.slice(0, sk.indexOf('#')) };
        await keepReading(database, kept, String(index), 3_650);
      }),
    );
  }
  return sessionId;
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

type Clients = { readonly database: Database; readonly bare: DynamoDBClient };

async function measureSize(
  { database, bare }: Clients,
  { readings, warmUp, each, mostOfBare }: Size,
): Promise<Row> {
  const ids: string[] = [];
  for (let n = 0; n < warmUp + rounds * each; n += 1)
    ids.push(await putSession(database, readings, n));
  const make = async (some: readonly string[]): Promise<void> => {
    for (const id of some) {
      const outcome = await makeCdr(database, helpers, id);
      if (outcome !== 'sealed') throw new Error(`The CDR of ${id} is ${outcome}`);
    }
  };
  const ask = async (): Promise<void> => {
    for (const id of ids) {
      const Key = keyAttributes(sessionKey(id));
      await bare.send(new GetItemCommand({ TableName: database.state, Key }));
    }
  };
  await make(ids.slice(0, warmUp));
  for (let n = 0; n < 5; n += 1) await ask();
  const times: { readonly made: number; readonly asked: number }[] = [];
  for (let from = warmUp; from < ids.length; from += each) {
    const made = (await cpuOf(() => make(ids.slice(from, from + each)))) / each;
    times.push({ made, asked: (await cpuOf(ask)) / ids.length });
  }
  const [made, asked] = [
    median(times.map((time) => time.made)),
    median(times.map((time) => time.asked)),
  ];
  return atMost(
    `Making a CDR of ${readings} readings, from reading them back until it is written / a bare request`,
    mostOfBare,
    made / asked,
    { unit: '×', note: `${made.toFixed(1)} and ${asked.toFixed(2)} CPU-ms` },
  );
}

async function measureOn(url: string): Promise<readonly Row[]> {
  const client = newClient({ ...settings, endpoint: url, cacheMiddleware: true });
  const database: Database = { client, state: 'state', readings: 'readings' };
  const bare = new DynamoDBClient({ ...settings, endpoint: url });
  await createTables(database);
  const createdAt = '2026-01-01T00:00:00.000Z';
  const { operatorId } = sessionOf(1);
  await writeTariffVersion(database, operatorId, {
    createdAt,
    tariff: { ...pricingTariff, elements: pricingTariff.elements.slice(-1) },
  });
  const rows: Row[] = [];
  for (const size of sizes) rows.push(await measureSize({ database, bare }, size));
  client.destroy();
  bare.destroy();
  return rows;
}

/**
 * How the CPU of a function that makes an ordinary CDR, and one of a long session, compares with that of a bare request of the SDK to the same engine, in the same
 * rounds: without that of the engine, and of the signature.
 */
export async function measureMaking(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'joulegate-bench-'));
  const engine = await startEngine('dynoxide', folder);
  try {
    return await measureOn(engine.url);
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
