import type { KeyObject } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';

/** A digest is signed as it is, and signatures are not normalized, as with KMS. */
const options = { prehash: false, lowS: false, format: 'der' } as const;

const bytesOf = (coordinate: string | undefined): Buffer =>
  Buffer.from(coordinate ?? '', 'base64url');

/** Signs a SHA-256 digest of 32 bytes with a private key on P-256; the signature is in DER. */
export function signDigest(privateKey: KeyObject, digest: Uint8Array): Buffer {
  const secret = bytesOf(privateKey.export({ format: 'jwk' }).d);
  return Buffer.from(p256.sign(digest, secret, options));
}

/** True if a signature in DER is that of a key on P-256 over a SHA-256 digest of 32 bytes. */
export function verifyDigest(
  publicKey: KeyObject,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { x, y } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(0x04), bytesOf(x), bytesOf(y)]);
  try {
    return p256.verify(signature, digest, point, options);
  } catch {
    // A signature that is not DER.
    return false;
  }
}
