import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GenerateMacCommand,
  GetPublicKeyCommand,
  KMSClient,
  SignCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { startKmsEndpoint } from '../../../runner/kms/start-kms-endpoint.ts';
import type { Authorize, Deployment } from '../../../runner/runner-interfaces.ts';

const arn = 'arn:aws:kms:eu-central-1:000000000000:key/cdr-key';
const macArn = 'arn:aws:kms:eu-central-1:000000000000:key/mac-key';
const deployment: Deployment = {
  resources: [
    {
      address: 'Data/Key',
      type: 'AWS::KMS::Key',
      ref: 'cdr-key',
      attributes: { Arn: arn },
      properties: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
    },
    {
      address: 'Data/MacKey',
      type: 'AWS::KMS::Key',
      ref: 'mac-key',
      attributes: { Arn: macArn },
      properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
    },
  ],
  outputs: {},
};
const ended: (() => Promise<void>)[] = [];

async function openKms(dataDirectory: string, authorize: Authorize = () => ({ allowed: true })) {
  const endpoint = await startKmsEndpoint({ deployment, dataDirectory, authorize });
  const client = new KMSClient({
    endpoint: endpoint.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'ASIACDR', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  ended.push(async () => {
    client.destroy();
    await endpoint.stop();
  });
  return client;
}

const folder = () => mkdtempSync(join(tmpdir(), 'joulegate-kms-'));
const SigningAlgorithm = 'ECDSA_SHA_256';

afterEach(async () => {
  await Promise.all(ended.splice(0).map((end) => end()));
});

describe('the key that secrets are derived from', () => {
  const mac = { KeyId: macArn, MacAlgorithm: 'HMAC_SHA_256' } as const;

  it('an HMAC key gives the same code for the same message, also after a restart, and nothing else', async () => {
    const directory = folder();
    const kms = await openKms(directory);
    const again = await openKms(directory);
    const codeOf = async (client: KMSClient, text: string) =>
      (await client.send(new GenerateMacCommand({ ...mac, Message: Buffer.from(text) }))).Mac;

    expect(await codeOf(kms, 'a')).toHaveLength(32);
    expect(await codeOf(again, 'a')).toEqual(await codeOf(kms, 'a'));
    expect(await codeOf(kms, 'b')).not.toEqual(await codeOf(kms, 'a'));
    await expect(kms.send(new GetPublicKeyCommand({ KeyId: macArn }))).rejects.toThrow(/HMAC/);
    await expect(
      kms.send(new GenerateMacCommand({ ...mac, KeyId: arn, Message: Buffer.from('a') })),
    ).rejects.toThrow();
  });
});

describe('the key that seals CDRs', () => {
  it('the signing key signs any digest so that everybody can verify it with the public key', async () => {
    const kms = await openKms(folder());
    const { PublicKey = new Uint8Array() } = await kms.send(
      new GetPublicKeyCommand({ KeyId: arn }),
    );
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (cdr) => {
        const Message = createHash('sha256').update(cdr).digest();
        const { Signature = new Uint8Array() } = await kms.send(
          new SignCommand({ KeyId: arn, Message, MessageType: 'DIGEST', SigningAlgorithm }),
        );
        expect(verify('sha256', cdr, key, Signature)).toBe(true);
        const verified = await kms.send(
          new VerifyCommand({
            KeyId: arn,
            Message: cdr,
            MessageType: 'RAW',
            SigningAlgorithm,
            Signature,
          }),
        );
        expect(verified.SignatureValid).toBe(true);
      }),
      { numRuns: 20, examples: [[Uint8Array.of(1)]] },
    );
  });

  it('a signature is not valid for another digest', async () => {
    const kms = await openKms(folder());
    const digest = (text: string) => createHash('sha256').update(text).digest();
    const asked = { KeyId: arn, MessageType: 'DIGEST', SigningAlgorithm } as const;
    const { Signature } = await kms.send(new SignCommand({ ...asked, Message: digest('12 kWh') }));
    await expect(
      kms.send(new VerifyCommand({ ...asked, Message: digest('13 kWh'), Signature })),
    ).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
  });

  it('the signing key survives a restart and is readable by its owner only', async () => {
    const dataDirectory = folder();
    const publicKey = async () => {
      const kms = await openKms(dataDirectory);
      const { PublicKey = new Uint8Array() } = await kms.send(
        new GetPublicKeyCommand({ KeyId: 'cdr-key' }),
      );
      return Buffer.from(PublicKey).toString('base64');
    };
    expect(await publicKey()).toBe(await publicKey());
    const [file = ''] = readdirSync(join(dataDirectory, 'kms'));
    expect(statSync(join(dataDirectory, 'kms', file)).mode & 0o777).toBe(0o600);
  });

  it('the signing key does not sign for a role without permission', async () => {
    const kms = await openKms(folder(), (accessKeyId, action, resource) => ({
      allowed: false,
      message: `${accessKeyId} ${action} ${resource}`,
    }));
    const sign = new SignCommand({ KeyId: arn, Message: Buffer.alloc(32), SigningAlgorithm });
    await expect(kms.send(sign)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `ASIACDR kms:Sign ${arn}`,
    });
  });
});
