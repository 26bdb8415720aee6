import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../cli/command.ts';
import { verify } from '../../cli/commands/verify.ts';
import { verifyChain } from '../../cli/commands/verify-chain.ts';
import { creditCdr } from '../../core/cdr/correct/credit-cdr.ts';
import type { Cdr, CdrContent } from '../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import { type ChainEnd, contentHash, sealCdr, sealedText } from '../../core/cdr/seal/seal-cdr.ts';
import type { CdrVerdict } from '../../core/cdr/verify/verify-cdr.ts';
import { ordinaryContent } from '../core/cdr/cdr-samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'joulegate-chain-'));
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey;

const sealed = (content: CdrContent, previous?: ChainEnd): Cdr & { readonly seal: ChainEnd } => {
  const seal = sealCdr(canonicalJson(content), previous, 'key1');
  const text = sealedText(contentHash(content), seal);
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  const carried = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return { ...content, state: 'sealed', seal: { ...seal, signature, publicKey: carried } };
};

const content = { ...ordinaryContent(), chargerId: 'CP 1' };
const first = sealed(content);
const credit = sealed(creditCdr(content), first.seal);
const credited: Cdr = { ...first, state: 'credited', creditedBy: credit.cdrId };
const chain = [credited, credit];

let listed: readonly Cdr[] = chain;
let server: Server;
let url = '';

beforeAll(async () => {
  // The API as it lists CDRs: one to a page.
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://api');
    const from = Number(searchParams.get('cursor') ?? 0);
    const isAsked = pathname === '/cdrs' && searchParams.get('chargerId') === 'CP 1';
    const items = isAsked && Array.isArray(listed) ? listed.slice(from, from + 1) : listed;
    const nextCursor = from + 1 < listed.length ? String(from + 1) : null;
    response.end(JSON.stringify({ items, nextCursor }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  server.close();
});

const fileOf = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const keyFile = (name: string, key: typeof publicKey): string =>
  fileOf(name, key.export({ type: 'spki', format: 'pem' }).toString());

const run = async (command: Command, name: string, values: Record<string, string>) => {
  const { exitCode, json, text } = await command.run({ positionals: [name], values });
  return { exitCode, json, text };
};

const access = () => ({ url, 'api-key': 'jg_live_x' });

describe('joulegate verify-chain', () => {
  it("joulegate verify-chain reads every page of a charger's chain", async () => {
    expect(await run(verifyChain, 'CP 1', access())).toEqual({
      exitCode: 0,
      json: expect.objectContaining({ valid: true, cdrs: 2, held: 0, problems: [] }),
      text: [
        'CP 1: 2 sealed CDRs, whole',
        '  signed by key1 (a key that only came with the CDRs: give --public-key or --keys to check whose it is)',
      ].join('\n'),
    });
  });

  it('joulegate verify-chain exits with status 1 and names the fault', async () => {
    listed = [{ ...credited, accountId: 'another' }, credit];
    try {
      const { exitCode, text } = await run(verifyChain, 'CP 1', access());
      expect(exitCode).toBe(1);
      expect(text).toContain(`${content.cdrId}: The stated hash does not match`);
    } finally {
      listed = chain;
    }
  });

  it("joulegate verify-chain checks signatures against the operator's key if it is given", async () => {
    const by = (file: string) => run(verifyChain, 'CP 1', { ...access(), 'public-key': file });

    expect((await by(keyFile('own.pem', publicKey))).exitCode).toBe(0);
    expect((await by(keyFile('other.pem', stranger))).exitCode).toBe(1);
  });

  it('joulegate verify-chain finds the keys in a published list, and no key that is not there or was replaced before', async () => {
    const publicKeyText = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const entry = {
      keyId: 'key1',
      algorithm: 'ECDSA_SHA_256',
      publicKey: publicKeyText,
      validFrom: null,
      validUntil: null,
    };
    const by = async (items: readonly object[]) => {
      const keys = fileOf('keys.json', JSON.stringify({ items }));
      return await run(verifyChain, 'CP 1', { ...access(), keys });
    };

    const { exitCode, text } = await by([entry]);
    expect([exitCode, text.split('\n')[1]]).toEqual([0, '  signed by key1 (a published key)']);
    expect((await by([{ ...entry, keyId: 'key2' }])).text).toContain(
      'The key key1 is not among the published ones.',
    );
    expect((await by([{ ...entry, validUntil: '2020-01-01T00:00:00.000Z' }])).text).toContain(
      'The key key1 was replaced before the session had ended.',
    );
    await expect(by([{ ...entry, publicKey: 7 }])).rejects.toMatchObject({
      code: 'CLI_PUBLIC_KEY',
    });
  });

  it('joulegate verify-chain gives a verdict on whatever it is answered', async () => {
    for (const answer of [
      [],
      [null],
      [7, 'x', [[]]],
      [{ ...credited, chargerId: 'CP 2' }],
      chain[0],
    ]) {
      listed = answer as typeof listed;
      const { exitCode, json } = await run(verifyChain, 'CP 1', access());
      expect([exitCode, json]).toEqual([1, expect.objectContaining({ valid: false })]);
      expect((json as { checks: unknown[] }).checks.length).toBeGreaterThan(0);
      listed = chain;
    }
  });

  it('joulegate verify-chain requires a charger', async () => {
    await expect(verifyChain.run({ positionals: [], values: access() })).rejects.toMatchObject({
      code: 'CLI_ARGUMENT_MISSING',
    });
  });
});

describe('joulegate verify', () => {
  it('joulegate verify accepts a credited CDR and a credit like any other', async () => {
    for (const cdr of chain) {
      const file = fileOf('cdr.json', JSON.stringify(cdr));
      expect((await run(verify, file, {})).exitCode).toBe(0);
    }
    const { total } = content;
    const file = fileOf('wrong.json', JSON.stringify({ ...credit, total }));
    expect((await run(verify, file, {})).text).toMatch(/failed +arithmetic/);
  });

  const verdictOn = async (text: string, given: Record<string, string> = {}) => {
    const { exitCode, json } = await run(verify, fileOf('any.json', text), given);
    return { exitCode, ...(json as CdrVerdict) };
  };
  const failure = ({ checks }: CdrVerdict) =>
    checks.find(({ outcome }) => outcome === 'failed')?.message;

  it('joulegate verify gives a verdict on any JSON, and refuses what can be read in two ways', async () => {
    for (const text of ['null', '7', '"x"', '[]', '{}', '{"seal":[]}', '[[[[]]]]']) {
      expect(await verdictOn(text)).toMatchObject({ exitCode: 1, valid: false });
    }
    const twice = JSON.stringify(first).replace('{', '{"energyKwh":70,');
    expect(failure(await verdictOn(twice))).toBe('The key "energyKwh" occurs twice in one object.');
  });

  it('joulegate verify skips a byte order mark', async () => {
    expect((await verdictOn(`\uFEFF${JSON.stringify(first)}`)).valid).toBe(true);
  });

  it('joulegate verify says that the key in a CDR is damaged, and refuses a damaged key that was given', async () => {
    const seal = { ...first.seal, publicKey: 'MFkwEwYH' };
    expect(
      (await verdictOn(JSON.stringify({ ...first, seal }))).checks.map(({ message }) => message),
    ).toContain('The public key that the CDR carries cannot be read.');
    const damaged = fileOf('damaged.pem', 'MFkwEwYH');
    await expect(verdictOn(JSON.stringify(first), { 'public-key': damaged })).rejects.toMatchObject(
      { code: 'CLI_PUBLIC_KEY' },
    );
  });

  it('joulegate verify answers whatever is given as the previous CDR or the readings', async () => {
    const second = JSON.stringify(credit);
    const previous = async (value: unknown) =>
      await verdictOn(second, { previous: fileOf('previous.json', JSON.stringify(value)) });
    expect((await previous(first)).valid).toBe(true);
    for (const value of [null, 7, [], {}, { seal: null }, { seal: { sequence: '1' } }, credit]) {
      expect((await previous(value)).valid).toBe(false);
    }
  });

  it('joulegate verify says whose key it was, with the id of the key', async () => {
    const own = await verdictOn(JSON.stringify(first));
    expect(own.key).toMatchObject({ keyId: 'key1', source: 'carried' });
    const given = { 'public-key': keyFile('own.pem', publicKey) };
    expect((await verdictOn(JSON.stringify(first), given)).key).toMatchObject({ source: 'given' });
    const both = { ...given, keys: 'keys.json' };
    await expect(verdictOn(JSON.stringify(first), both)).rejects.toMatchObject({
      code: 'CLI_OPTION_INVALID',
    });
  });
});
