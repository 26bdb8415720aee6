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
import { type ChainEnd, contentHash, sealCdr, sealedText } from '../../core/cdr/seal/seal-cdr.ts';
import { ordinaryContent } from '../core/cdr/cdr-samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'joulegate-chain-'));
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey;

const sealed = (content: CdrContent, previous?: ChainEnd): Cdr & { readonly seal: ChainEnd } => {
  const seal = sealCdr(content, previous, 'key1');
  const text = sealedText(contentHash(content), seal);
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  const carried = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return { ...content, state: 'sealed', seal: { ...seal, signature, publicKey: carried } };
};

const content = ordinaryContent();
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
    const items = isAsked ? listed.slice(from, from + 1) : [];
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
      json: { valid: true, cdrs: 2, problems: [] },
      text: 'CP 1: 2 CDRs, whole',
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
});
