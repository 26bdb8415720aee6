import '../quiet.ts';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Command } from '../../../cli/command.ts';
import { verify } from '../../../cli/commands/verify.ts';
import { verifyChain } from '../../../cli/commands/verify-chain.ts';
import { exportOperator } from '../../../cli/export/export-operator.ts';
import { exportScopes, exportSections } from '../../../cli/export/export-sections.ts';
import { missingLinks } from '../../../cli/export/missing-links.ts';
import type { Ask } from '../../../cli/export/read-page.ts';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { routes } from '../../../lambdas/api/routes.ts';
import { newApiKey } from '../../../lambdas/runtime/api-key-text.ts';
import { createApiKey } from '../../../lambdas/store/operators/api-keys.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { at, callApi, testKey } from '../plant.ts';
import { makeReleaseData } from '../releases/make-release-data.ts';
import type { ReleaseGuide } from '../releases/release-data.ts';

const url = 'https://api.example';
const keyId = 'arn:test:key';

let database: TestDatabase;
let guide: ReleaseGuide;
let apiKey: string;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  guide = await makeReleaseData(database);
});

/** Each test, and each run of a law, has calls of its own to spend. */
const useNewKey = async (): Promise<void> => {
  const key = newApiKey();
  const facts = { operatorId: guide.operatorId, name: 'Export', createdAt: at(0) };
  await createApiKey(database, {
    ...facts,
    apiKeyId: key.apiKeyId,
    hash: key.hash,
    scopes: exportScopes,
  });
  apiKey = key.apiKey;
};

beforeEach(useNewKey);

afterAll(async () => {
  await database.stop();
});

/** The API as a key for exports sees it; the published keys are those of the tests, for there is no KMS here. */
const ask: Ask = async (path) => {
  if (path.startsWith('/.well-known/')) {
    const key = { keyId, algorithm: 'ECDSA_SHA_256', publicKey: testKey.publicKey };
    return { status: 200, body: { items: [{ ...key, validFrom: null, validUntil: null }] } };
  }
  const { status, code, body } = await callApi(database, `Bearer ${apiKey}`, 'GET', path);
  return code === undefined
    ? { status, body }
    : { status: apiErrors[code as keyof typeof apiErrors][0], body: { code } };
};

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'joulegate-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

const exported = async (folder: string, through: Ask = ask) =>
  await exportOperator(through, { folder, url }, () => at(0));

const linesOf = (folder: string, name: string): readonly Record<string, unknown>[] =>
  readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const contentsOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

const verdictOf = async (command: Command, id: string, folder: string, keys: string) =>
  await command.run({ positionals: [id], values: { export: folder, keys } });

describe('the export of all data of an operator', () => {
  it('every CDR of it is verified without a stack: by its readings, its predecessor and the keys of the export', async () => {
    const folder = newFolder();
    await exported(folder);
    const keys = join(folder, 'cdr-keys.jsonl');

    const cdrs = linesOf(folder, 'cdrs');
    expect(new Set(cdrs.map(({ state }) => state))).toEqual(
      new Set(['sealed', 'credited', 'held']),
    );
    for (const { cdrId, state, seal } of cdrs) {
      const { json } = await verdictOf(verify, String(cdrId), folder, keys);
      const { verdict, checks } = json as { verdict: string; checks: { outcome: string }[] };
      expect([cdrId, verdict]).toEqual([cdrId, state === 'held' ? 'not sealed' : 'valid']);
      // The first of a chain has no predecessor; everything else is checked.
      const isFirst = (seal as { sequence: number } | null)?.sequence === 1;
      const skipped = checks.filter(({ outcome }) => outcome === 'skipped');
      if (state !== 'held' && !isFirst) expect(skipped).toEqual([]);
    }
    for (const chargerId of ['API-1', 'CORRECTED', 'running']) {
      const { exitCode, text } = await verdictOf(verifyChain, chargerId, folder, keys);
      expect([exitCode, text]).toEqual([0, expect.stringContaining('whole')]);
    }
  });

  it('a reading that was changed in an export is found', async () => {
    const folder = newFolder();
    await exported(folder);
    const file = join(folder, 'readings.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('10000', '10001'));
    const [cdr] = linesOf(folder, 'cdrs').filter(({ creditOf }) => creditOf !== null);

    const keys = join(folder, 'cdr-keys.jsonl');
    const { json } = await verdictOf(verify, String(cdr?.['cdrId']), folder, keys);
    expect((json as { verdict: string }).verdict).toBe('not valid');
  });

  it('an export that was interrupted anywhere goes on, and ends as if it had not been', async () => {
    const whole = newFolder();
    let calls = 0;
    await exported(whole, async (path) => {
      calls += 1;
      return await ask(path);
    });
    const expected = contentsOf(whole);

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(calls), { minLength: 1, maxLength: 2 }), async (ends) => {
        await useNewKey();
        const folder = newFolder();
        for (const end of ends) {
          let left = end;
          const dying: Ask = async (path) => {
            left -= 1;
            if (left < 0) throw new Error('the line is dead');
            return await ask(path);
          };
          await exported(folder, dying).catch(() => undefined);
          if (readdirSync(folder).includes('chargers.jsonl')) {
            appendFileSync(join(folder, 'chargers.jsonl'), '{"chargerId":"half a li');
          }
          if (contentsOf(folder)['export.json']?.includes('finishedAt')) return;
        }
        await exported(folder);
        expect(contentsOf(folder)).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });

  it('a folder of something else, of another stack or of a complete export is left alone', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    await expect(exported(folder)).rejects.toThrow(/is not empty/);
    const other = newFolder();
    await exported(other);
    await expect(exported(other)).rejects.toThrow(/is complete/);
    await expect(
      exportOperator(ask, { folder: other, url: 'https://other.example' }, () => at(0)),
    ).rejects.toThrow(/is one of https:\/\/api.example/);
  });

  it('a chain of which a CDR was sealed behind the page that was being read is completed', async () => {
    const folder = newFolder();
    const hiding: Ask = async (path) => {
      const answer = await ask(path);
      const { items } = answer.body as { items?: { cdrId?: string }[] };
      if (path !== '/cdrs' || items === undefined) return answer;
      const isFirst = ({ cdrId = '' }) =>
        /^cdr_[a-z2-7]+$/.test(cdrId) && guide.totals[cdrId] === '4.50';
      const left = items.filter((item) => !isFirst(item));
      expect(left.length).toBe(items.length - 1);
      return { ...answer, body: { items: left, nextCursor: null } };
    };

    await exported(folder, hiding);

    expect(linesOf(folder, 'cdrs').length).toBe(Object.keys(guide.totals).length);
    expect([...(await missingLinks(join(folder, 'cdrs.jsonl'))).keys()]).toEqual([]);
  });

  it('everything that the API can be asked for is in it, but for what derives from that and what is no data of the operator', () => {
    const asked = new Set(exportSections.flatMap(({ paths }) => paths));
    const left = routes
      .filter(({ method, path }) => method === 'GET' && !asked.has(path))
      .map(({ path }) => path)
      .filter((path) => !asked.has(path.replace(/\/\{\w+\}$/, '')))
      .filter((path) => leftOut[path] === undefined);

    expect(left).toEqual([]);
    for (const path of Object.keys(leftOut)) {
      expect([path, routes.some((route) => route.path === path)]).toEqual([path, true]);
    }
  });

  it('docs/data.md names each of its files, and no other', () => {
    const page = readFileSync(new URL('../../../docs/data.md', import.meta.url), 'utf8');
    const [, table = ''] = /\n\| file \|.+\n\|---.+\n((?:\|.+\n)+)/.exec(page) ?? [];
    const named = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, files = '']) =>
      [...files.matchAll(/`([\w-]+)`/g)].map(([, file = '']) => file.replace(/^-/, 'charger-')),
    );
    expect(named.toSorted()).toEqual(exportSections.map(({ file }) => file).toSorted());
  });
});

/** The paths that an export leaves out, each with its reason; besides one thing of a list that is exported. */
const leftOut: Readonly<Record<string, string>> = {
  '/chargers/{chargerId}/configuration':
    'computed from the desired configuration and what chargers said',
  '/chargers/{chargerId}/device-model': 'computed from what chargers said',
  '/chargers/{chargerId}/proposed-evses': 'computed from what chargers said',
  '/chargers/{chargerId}/proposed-meter-keys': 'computed from what chargers said',
  '/chargers/{chargerId}/reports': 'computed from what chargers said',
  '/chargers/{chargerId}/reports/{requestId}': 'computed from what chargers said',
  '/chargers/{chargerId}/logs/{logId}/url': 'a URL for a quarter of an hour',
  '/commands/{commandId}': 'one of the commands of a charger',
  '/locations/{locationId}/evses': 'computed from chargers, as partners see them',
  '/accounts/{accountId}/statements/{month}': 'computed from CDRs',
  '/accounts/{accountId}/statements/{month}/csv': 'computed from CDRs',
  '/accounts/{accountId}/statements/{month}/page': 'computed from CDRs',
  '/sessions/active': 'a part of the sessions',
  '/sessions/{sessionId}/cdr': 'one of the CDRs',
  '/cdrs/{cdrId}/payments': 'one of the payments',
  '/analytics/chargers': 'computed from CDRs',
  '/analytics/locations': 'computed from CDRs',
  '/analytics/locations/{locationId}': 'computed from CDRs',
  '/analytics/tariffs': 'computed from CDRs',
  '/analytics/accounts': 'computed from CDRs',
  '/analytics/promo-codes': 'computed from CDRs',
  '/monitoring/uptime': 'computed from sessions and what chargers reported',
  '/monitoring/alerts': 'how chargers are now',
  '/monitoring/failed-sessions': 'a part of the sessions',
  '/monitoring/abnormal-readings': 'a part of the sessions',
  '/partners/{partnerId}/deliveries': 'what partners have of what is exported',
  '/partners/{partnerId}/deliveries/{partnerDeliveryId}': 'what partners have of what is exported',
  '/partners/{partnerId}/losses': 'what partners have of what is exported',
  '/partners/{partnerId}/pulls': 'how far a pull has come',
  '/partners/{partnerId}/settlements/{month}': 'computed from CDRs',
  '/partners/{partnerId}/settlements/{month}/csv': 'computed from CDRs',
  '/partners/{partnerId}/settlements/{month}/page': 'computed from CDRs',
  '/roaming/cdrs/{roamingCdrId}': 'one of the CDRs of partners',
  '/partners/{partnerId}/invoices/{partnerInvoiceId}': 'one of the invoices to partners',
  '/roaming/invoices/{roamingInvoiceId}': 'computed from the CDRs of partners',
  '/roaming/commands/{roamingCommandId}': 'kept for days only',
  '/webhooks/{webhookId}/deliveries': 'kept for days only',
  '/webhooks/{webhookId}/deliveries/{deliveryId}': 'kept for days only',
  '/settings/charger-authority': 'of the deployment, and not of an operator',
  '/api-keys': 'the right to use this deployment, which is worth nothing elsewhere',
};
