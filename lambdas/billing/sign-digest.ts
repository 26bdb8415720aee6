import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { logger } from '../runtime/logger.ts';
import { readPublicKey } from './read-public-key.ts';

/** A signature over a digest: ECDSA on P-256, DER, base64. */
type Signature = {
  readonly signature: string;
  /** The key's public half, SPKI DER in base64. */
  readonly publicKey?: string;
};

/** Signs a SHA-256 digest given in hex. */
export type SignDigest = (digest: string) => Promise<Signature>;

const client = new KMSClient({ maxAttempts: 5 });

/** The deployment's CDR key (CDR_KEY_ID), which a seal names. */
export const cdrKeyId = (): string => process.env['CDR_KEY_ID'] ?? '';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

async function publicKeyToCarry(keyId: string): Promise<string | undefined> {
  try {
    return await readPublicKey(keyId, client);
  } catch (error) {
    // The public half is a convenience of whoever verifies; a CDR is sealed without it too.
    logger.warn('The public half of the CDR key cannot be read', { error });
    return undefined;
  }
}

/** Asked once in the life of the process: the key of a deployment does not change. */
let publicKey: Promise<string | undefined> | undefined;

/** Signs with the deployment's CDR key (CDR_KEY_ID); its private half never leaves KMS. */
export const signDigest: SignDigest = async (digest) => {
  const keyId = cdrKeyId();
  publicKey ??= publicKeyToCarry(keyId);
  const [output, known] = await Promise.all([
    client.send(
      new SignCommand({
        KeyId: keyId,
        Message: Buffer.from(digest, 'hex'),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      }),
    ),
    publicKey,
  ]);
  if (output.Signature === undefined) throw new Error('KMS gave no signature');
  return {
    signature: base64(output.Signature),
    ...(known === undefined ? {} : { publicKey: known }),
  };
};
