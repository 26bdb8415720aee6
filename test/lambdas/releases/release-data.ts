import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../../../lambdas/store/table/client.ts';
import type { Item } from '../../../lambdas/store/table/item.ts';
import type { Things } from '../one-of-everything.ts';
import { scan } from '../plant.ts';

/** The data that a release wrote: all items of the two tables, and how to find one's way in them. */
export type ReleaseData = {
  readonly state: readonly Item[];
  readonly readings: readonly Item[];
  readonly guide: ReleaseGuide;
};

/** The operator of a release's data, its things, and the public key that its CDRs are sealed with. */
export type ReleaseGuide = {
  readonly operatorId: string;
  readonly ids: Things;
  /** The transaction that still runs, on the charger `ids.runningChargerId`. */
  readonly runningTransactionId: number;
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
  /** Total of each CDR with VAT, by its id. */
  readonly totals: Readonly<Record<string, string>>;
};

const tables = ['state', 'readings'] as const;

const lineOf = (item: Item): string =>
  JSON.stringify(item, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );

const attributeOf = (name: string, value: unknown): unknown =>
  name === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value;

const itemOf = (line: string): Record<string, AttributeValue> => JSON.parse(line, attributeOf);

/**
 * Writes all that is in the tables into a folder: JSON Lines, one item a line, in the order of keys. Throws where the folder is there
 * already: what a release wrote stays as it wrote it.
 */
export async function writeReleaseData(
  folder: string,
  database: Database,
  guide: ReleaseGuide,
): Promise<void> {
  if (existsSync(folder)) {
    throw new Error(
      `${folder} is the data of a release, and is never written again: raise version in package.json first.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  for (const table of tables) {
    const lines = (await scan(database, database[table])).map(lineOf).sort();
    for (const line of lines) appendFileSync(join(folder, `${table}.jsonl`), `${line}\n`);
  }
  writeFileSync(join(folder, 'guide.json'), `${JSON.stringify(guide, null, 2)}\n`);
}

/** Reads what a release wrote from its folder. */
export function readReleaseData(folder: string): ReleaseData {
  const [state, readings] = tables.map((table) =>
    readFileSync(join(folder, `${table}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n')
      .map(itemOf),
  );
  const guide: ReleaseGuide = JSON.parse(readFileSync(join(folder, 'guide.json'), 'utf8'));
  return { state: state ?? [], readings: readings ?? [], guide };
}

/** Puts what a release wrote into the tables. */
export async function loadReleaseData(database: Database, data: ReleaseData): Promise<void> {
  for (const table of tables) {
    for (const item of data[table]) {
      await database.client.send(new PutItemCommand({ TableName: database[table], Item: item }));
    }
  }
}
