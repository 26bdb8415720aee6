import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { SealKey } from '../../../core/cdr/verify/cdr-proof.ts';

/** A public key to check seals with, from where one says that it came. */
export const testSealKey = (
  publicKey: KeyObject,
  source: SealKey['source'] = 'given',
): SealKey => ({
  source,
  publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  verify: (message, signature) =>
    verify('sha256', message, publicKey, Buffer.from(signature, 'base64')),
});

/** The key that a seal carries. */
export const carriedKey = (seal: { readonly publicKey?: string } | null | undefined): SealKey => {
  const key = Buffer.from(seal?.publicKey ?? '', 'base64');
  return testSealKey(createPublicKey({ key, format: 'der', type: 'spki' }), 'carried');
};
