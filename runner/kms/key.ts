import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unusableFile } from '../data-directory-refusal.ts';
import { readDataFile } from '../read-data-file.ts';
import type { Deployment } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';

type Named = { readonly id: string; readonly arn: string };

/** A pair on the curve P-256 that signs. */
export type SigningKey = Named & {
  readonly kind: 'signing';
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
};

/** A secret of 32 bytes that makes authentication codes. */
export type MacKey = Named & { readonly kind: 'mac'; readonly secret: KeyObject };

/** A key of the template. */
export type Key = SigningKey | MacKey;

/**
 * The keys of a deployment, each made once and kept in the data directory. Refuses other kinds of keys with
 * `KEY_UNSUPPORTED`, and a file that holds none with `DATA_DIRECTORY_UNUSABLE`: a new key would make old seals void.
 */
export function openKeys(deployment: Deployment, dataDirectory: string): readonly Key[] {
  const folder = join(dataDirectory, 'kms');
  return deployment.resources
    .filter(({ type }) => type === 'AWS::KMS::Key')
    .map(({ address, ref, attributes, properties }) => {
      const { KeySpec, KeyUsage } = properties;
      const named = { id: ref, arn: attributes['Arn'] ?? '' };
      if (KeySpec === 'HMAC_256' && KeyUsage === 'GENERATE_VERIFY_MAC') {
        return { kind: 'mac', ...named, secret: openSecret(folder, ref) };
      }
      if (KeySpec !== 'ECC_NIST_P256' || KeyUsage !== 'SIGN_VERIFY') {
        throw new StartRefusal(
          'KEY_UNSUPPORTED',
          `The runner only supports P-256 signing keys and HMAC-256 keys, but ${address} is ${KeySpec} for ${KeyUsage}.`,
        );
      }
      const privateKey = openPrivateKey(folder, ref);
      const publicKey = createPublicKey(privateKey);
      return { kind: 'signing', ...named, privateKey, publicKey };
    });
}

/** Key ids by alias, as in `alias/cdr`. */
export function keyAliases(deployment: Deployment): ReadonlyMap<string, string> {
  return new Map(
    deployment.resources
      .filter(({ type }) => type === 'AWS::KMS::Alias')
      .map(({ ref, properties }) => [ref, String(properties['TargetKeyId'])]),
  );
}

function openSecret(folder: string, id: string): KeyObject {
  const file = join(folder, `${id}.secret`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  const text = readDataFile(file).trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw unusableFile(file, 'no secret of 32 bytes');
  return createSecretKey(Buffer.from(text, 'hex'));
}

function openPrivateKey(folder: string, id: string): KeyObject {
  const file = join(folder, `${id}.pem`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    writeFileSync(`${file}.new`, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
    });
    renameSync(`${file}.new`, file);
  }
  return readPrivateKey(file);
}

function readPrivateKey(file: string): KeyObject {
  const text = readDataFile(file);
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') {
      return key;
    }
  } catch {
    // Said below, as of a key of another kind.
  }
  throw unusableFile(file, 'no private key on the curve P-256');
}
