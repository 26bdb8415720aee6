import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { verify } from '../../cli/commands/verify.ts';
import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import { contentHash, sealCdr, sealedText } from '../../core/cdr/seal/seal-cdr.ts';
import { endsMessage, registered, signedContent, signedEnds } from '../core/cdr/signed-samples.ts';
import { newSigner } from '../core/ocmf/sign-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'joulegate-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const stored = [endsMessage(signedEnds())];
const key = registered();
const content = signedContent(stored, { meterKeys: [key] });
const seal = sealCdr(canonicalJson(content), undefined, 'key1');
const signature = sign('sha256', Buffer.from(sealedText(contentHash(content), seal)), privateKey);
const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const sealed = {
  ...content,
  state: 'sealed',
  seal: { ...seal, signature: signature.toString('base64'), publicKey: spki },
};
const readings = fileOf('readings.json', JSON.stringify(stored));

const verdictOn = async (text: string, given: Record<string, string> = { readings }) =>
  await verify.run({ positionals: [fileOf('cdr.json', text)], values: given });

describe('joulegate verify', () => {
  const text = JSON.stringify(sealed);

  it('joulegate verify states the verdicts on the signed values of a CDR', async () => {
    const { exitCode, text: told } = await verdictOn(text);

    expect(exitCode).toBe(0);
    expect(told).toContain('valid');
    expect(told).toMatch(
      / {2}passed +signed +Signed values: 2 valid\. The energy was taken from the signed start and stop\./,
    );
  });

  it.each([
    ['a record', '8.005', '8.050'],
    ['a verdict', '"kind":"valid"', '"kind":"unverified"'],
    ['a public key', key.publicKey, newSigner('secp256r1').spki.toString('hex')],
  ])(
    'joulegate verify detects another %s, with and without the readings',
    async (_about, from, to) => {
      const changed = text.replaceAll(from, to);
      expect(changed).not.toBe(text);

      for (const given of [{ readings }, {}]) {
        const { exitCode, text: told } = await verdictOn(changed, given);
        expect(exitCode).toBe(1);
        expect(told).toMatch(/ {2}failed +signed /);
      }
    },
  );
});
