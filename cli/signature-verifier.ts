import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { CommandError } from '../clients/command-error.ts';

/**
 * Checks signatures over digests with an ECDSA P-256 public key: PEM, or SPKI DER in base64. KMS signed the digest
 * itself, so what is verified here is the signature over the message that the digest was taken of.
 */
export const signatureVerifier =
  (publicKey: string): ((message: Uint8Array, signature: string) => boolean) =>
  (message, signature) => {
    const key = readKey(publicKey);
    return verify('sha256', message, key, Buffer.from(signature, 'base64'));
  };

const readKey = (text: string): KeyObject => {
  try {
    return text.includes('BEGIN PUBLIC KEY')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  } catch {
    throw new CommandError(
      'CLI_PUBLIC_KEY',
      'The public key is neither PEM nor base64-encoded SPKI DER.',
    );
  }
};
