import './quiet.ts';
import { createPublicKey } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cdr } from '../../core/cdr/model/cdr.ts';
import type { StoredMessage } from '../../core/cdr/model/stored-message.ts';
import type { SealKey } from '../../core/cdr/verify/cdr-proof.ts';
import { verifyCdr } from '../../core/cdr/verify/verify-cdr.ts';
import { verifyChain } from '../../core/cdr/verify/verify-chain.ts';
import { loadDecoder } from '../../core/ocpp/load-decoder.ts';
import { routes } from '../../lambdas/api/routes.ts';
import { rulesFor } from '../../lambdas/billing/rules-for.ts';
import { newApiKey } from '../../lambdas/runtime/api-key-text.ts';
import { createApiKey } from '../../lambdas/store/operators/api-keys.ts';
import { openDatabase, type TestDatabase } from '../contracts/engines.ts';
import { testSealKey } from '../core/cdr/test-seal-key.ts';
import { pathOf } from './one-of-everything.ts';
import { at, type Body, callApi, plugIn, scan, settle, testKey } from './plant.ts';
import { makeReleaseData } from './releases/make-release-data.ts';
import {
  loadReleaseData,
  type ReleaseGuide,
  readReleaseData,
  writeReleaseData,
} from './releases/release-data.ts';
import { releaseSums, sumsOf } from './releases/release-sums.ts';

const folder = join(import.meta.dirname, '../golden/releases');

/** Names the release whose data are to be written: `npm run release-data`. */
const released = process.env['JOULEGATE_RELEASE'];

const today = 'this very code';

let database: TestDatabase;
let guide: ReleaseGuide;
let apiKey: string;

beforeEach(async () => {
  database = await openDatabase('dynoxide');
  process.env['CHARGER_AUTHORITY_KEY_ID'] = 'key-of-the-authority';
});

afterEach(async () => {
  await database.stop();
});

/** Brings data of a release into empty tables, and a key of the operator's. */
async function take(release: string): Promise<void> {
  if (release === today) {
    guide = await makeReleaseData(database);
    if (released !== undefined) await writeReleaseData(join(folder, released), database, guide);
  } else {
    const data = readReleaseData(join(folder, release));
    await loadReleaseData(database, data);
    guide = data.guide;
  }
  const key = newApiKey();
  const { operatorId } = guide;
  const facts = { operatorId, name: 'upgraded', scopes: ['admin'], createdAt: at(0) };
  await createApiKey(database, { ...facts, apiKeyId: key.apiKeyId, hash: key.hash });
  apiKey = key.apiKey;
}

const get = async (path: string) => {
  const { code, status, body } = await callApi(database, `Bearer ${apiKey}`, 'GET', path);
  return { path, code, status, body };
};

const itemsOf = async (path: string): Promise<readonly Body[]> =>
  (await get(path)).body.items ?? [];

const cdrsOf = async (chargerId = ''): Promise<readonly Cdr[]> =>
  (await itemsOf(`/cdrs?limit=100&chargerId=${chargerId}`)) as unknown as readonly Cdr[];

/** The key that a CDR was sealed with: the release's, or that of the code that runs here. */
const keyOf = ({ cdrId }: Cdr): SealKey =>
  guide.totals[cdrId] === undefined
    ? testKey
    : testSealKey(
        createPublicKey({
          key: Buffer.from(guide.publicKey, 'base64'),
          format: 'der',
          type: 'spki',
        }),
      );

const failedChecksOf = async (cdr: Cdr): Promise<readonly unknown[]> => {
  const readings = await itemsOf(`/cdrs/${cdr.cdrId}/readings?limit=100`);
  const { session } = cdr.evidence;
  const rules = rulesFor(session, await loadDecoder([session.protocol]));
  const proof = {
    rules,
    readings: readings as unknown as readonly StoredMessage[],
    key: keyOf(cdr),
  };
  return verifyCdr(cdr, proof).checks.filter(({ outcome }) => outcome === 'failed');
};

it('what a release has written is never written again', async () => {
  const folders = readdirSync(folder).map((release) => join(folder, release));
  expect(folders.length).toBeGreaterThan(0);
  for (const one of folders) {
    await expect(writeReleaseData(one, database, {} as ReleaseGuide)).rejects.toThrow(
      'raise version in package.json first',
    );
  }
});

it('the data of each release are those that it wrote: a file that was changed, added or removed fails here', () => {
  const releases = readdirSync(folder);
  const sums = releases.map((release) => [release, sumsOf(join(folder, release))]);
  // A release that is not listed yet gets the line that this says.
  expect(Object.fromEntries(sums)).toEqual(releaseSums);
});

/** Things of a release that are kept for days only: asked for later, they may be absent. */
const passing: readonly string[] = [
  'GET /webhooks/{webhookId}/deliveries/{deliveryId}',
  'GET /waiting-chargers/{waitingChargerId}',
];

/** Whether a release has the things that a path names; one does not have what came after it. */
const hasAllOf = (path: string): boolean =>
  [...path.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => guide.ids[name] !== undefined);

describe.each([...readdirSync(folder), today])('data that %s has written', (release) => {
  it('every CDR of it is shown with the same total, and verified by its readings, its seal and its chain', async () => {
    await take(release);
    const cdrs = await cdrsOf();

    const totals = cdrs.map((cdr) => [cdr.cdrId, cdr.total?.inclVat ?? '']);
    expect(Object.fromEntries(totals)).toEqual(guide.totals);
    expect(new Set(cdrs.map(({ state }) => state))).toEqual(
      new Set(['sealed', 'credited', 'held']),
    );
    for (const cdr of cdrs) expect([cdr.cdrId, await failedChecksOf(cdr)]).toEqual([cdr.cdrId, []]);
    const corrected = guide.ids['correctedChargerId'] ?? '';
    const chain = verifyChain(corrected, await cdrsOf(corrected), keyOf);
    expect([chain.cdrs, chain.problems]).toEqual([3, []]);
  });

  it('everything else that it has is answered as the API describes it', async () => {
    await take(release);

    for (const { method, path } of routes) {
      if (method !== 'GET' || passing.includes(`GET ${path}`)) continue;
      if (release !== today && !hasAllOf(path)) continue;
      const { code, status } = await get(pathOf(path, guide.ids));
      expect([path, code, Math.floor(status / 100)]).toEqual([path, undefined, 2]);
    }
  });

  it('every item says its kind, by which alone a later release can bring it forward', async () => {
    await take(release);
    const items = [database.state, database.readings].map((table) => scan(database, table));
    const without = (await Promise.all(items)).flat().filter(({ kind }) => kind?.S === undefined);

    // Release 0.1.0 wrote waiting rooms without.
    const known = release === '0.1.0' ? ['ROOM'] : [];
    expect(without.map(({ sk }) => sk?.S)).toEqual(known);
  });

  it('a session that had ended gets its sealed CDR, and one that ran is charged on until it has one', async () => {
    await take(release);
    const chargerId = guide.ids['runningChargerId'] ?? '';
    const before = await cdrsOf(chargerId);

    await settle(database, chargerId);
    const charger = await plugIn(database, chargerId.toLowerCase());
    const transactionId = guide.runningTransactionId;
    await charger.call('StopTransaction', { transactionId, timestamp: at(180), meterStop: 16_000 });
    await settle(database, chargerId);

    const cdrs = await cdrsOf(chargerId);
    const added = cdrs.filter(({ cdrId }) => before.every((one) => one.cdrId !== cdrId));
    expect(added.map(({ state, energyKwh }) => [state, energyKwh]).sort()).toEqual([
      ['sealed', 3],
      ['sealed', 4],
    ]);
    for (const cdr of added) expect(await failedChecksOf(cdr)).toEqual([]);
    const chain = verifyChain(chargerId, cdrs, keyOf);
    expect([chain.cdrs, chain.held, chain.problems]).toEqual([3, 1, []]);
  });
});
