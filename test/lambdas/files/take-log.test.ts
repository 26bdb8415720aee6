import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { callBucket } from '../../../lambdas/bucket/call-bucket.ts';
import { takeLog } from '../../../lambdas/files/take-log.ts';
import {
  createTransfer,
  readTransfer,
  transferIdOf,
} from '../../../lambdas/store/files/transfers.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';

let database: TestDatabase;
let puts: string[];
let count = 0;
let transferId: string;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});
beforeEach(async () => {
  puts = [];
  count += 1;
  transferId = transferIdOf(`token-${count}`);
  const transfer = { transferId, operatorId: 'op_1', chargerKey: 'op_1#cp-1', expiresAt: 2e9 };
  await createTransfer(database, transfer);
});

const call: typeof callBucket = async ({ method, key }) => {
  puts.push(`${method} ${key}`);
  return new Response(null);
};

/** A charger uploads a text under its URL. */
async function upload(text: string): Promise<string> {
  const transfer = await readTransfer(database, transferId);
  if (transfer === undefined) throw new Error('The URL is not known.');
  const file = { name: 'log.txt', content: Buffer.from(text) };
  return await takeLog({ database, call }, transfer, file, Date.UTC(2026, 3, 14));
}

describe('the log of a charger', () => {
  it('a log costs one read, one object and one write, and none when it comes again', async () => {
    expect(await countRequests(database, () => upload('a log'))).toEqual({
      reads: ['GetItem'],
      writes: ['UpdateItem'],
    });
    expect(puts).toEqual([expect.stringMatching(/^PUT logs\/op_1\//)]);

    const again = await countRequests(database, async () => {
      expect(await upload('a log')).toBe('taken');
    });
    expect(again).toEqual({ reads: ['GetItem'], writes: [] });
    expect(puts).toHaveLength(1);
  });

  it('a URL that was used takes no other log, and none is empty', async () => {
    expect(await upload('')).toBe('FILE_EMPTY');
    expect(await upload('a log')).toBe('taken');
    expect(await upload('another log')).toBe('TRANSFER_USED');
    expect(puts).toHaveLength(1);
  });
});
