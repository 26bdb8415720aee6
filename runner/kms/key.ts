import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unusableFile } from '../data-directory-refusal.ts';
import { readDataFile } from '../read-data-file.ts';
import type { Deployment } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';

/** A key of the template: a pair on the curve P-256 that signs. */
export type Key = {
  readonly id: string;
  readonly arn: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
};

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
      if (KeySpec !== 'ECC_NIST_P256' || KeyUsage !== 'SIGN_VERIFY') {
        throw new StartRefusal(
          'KEY_UNSUPPORTED',
          `The runner only supports P-256 signing keys, but ${address} is ${KeySpec} for ${KeyUsage}.`,
        );
      }
      const privateKey = openPrivateKey(folder, ref);
      const publicKey = createPublicKey(privateKey);
      return { id: ref, arn: attributes['Arn'] ?? '', privateKey, publicKey };
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
