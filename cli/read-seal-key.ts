import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { SealKey } from '../core/cdr/verify/cdr-proof.ts';

/**
 * Reads the public key that seals are checked with: PEM, or SPKI DER in base64; undefined for anything else than a key on
 * P-256. KMS signed the digest itself, so what is verified here is the signature over the message that the digest was taken
 * of.
 */
export const readSealKey = (
  text: string,
  { source, validUntil }: Pick<SealKey, 'source' | 'validUntil'>,
): SealKey | undefined => {
  const key = keyFrom(text);
  if (key?.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
  return {
    source,
    publicKey: key.export({ type: 'spki', format: 'der' }).toString('base64'),
    ...(validUntil !== undefined && { validUntil }),
    verify: (message, signature) =>
      verify('sha256', message, key, Buffer.from(signature, 'base64')),
  };
};

const keyFrom = (text: string): KeyObject | undefined => {
  try {
    return text.includes('BEGIN PUBLIC KEY')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
};
