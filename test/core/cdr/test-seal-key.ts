import type { KeyObject } from 'node:crypto';
import { readSealKey } from '../../../cli/read-seal-key.ts';
import type { SealKey } from '../../../core/cdr/verify/cdr-proof.ts';

/** A public key to check seals with, from where one says that it came. */
export const testSealKey = (publicKey: KeyObject, source: SealKey['source'] = 'given'): SealKey => {
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const key = readSealKey(pem, { source });
  if (key === undefined) throw new Error('not a key on P-256');
  return key;
};

/** The key that a seal carries. */
export const carriedKey = (seal: { readonly publicKey?: string } | null | undefined): SealKey => {
  const key = readSealKey(seal?.publicKey ?? '', { source: 'carried' });
  if (key === undefined) throw new Error('the seal carries no key');
  return key;
};
