import { KMSClient, SignCommand } from '@aws-sdk/client-kms';

/** A signature over a digest: ECDSA on P-256, DER, base64, and the key that made it. */
export type Signature = { readonly signature: string; readonly keyId: string };

/** Signs a SHA-256 digest given in hex. */
export type SignDigest = (digest: string) => Promise<Signature>;

const client = new KMSClient({ maxAttempts: 5 });

/** Signs with the deployment's CDR key (CDR_KEY_ID); the key never leaves KMS. */
export const signDigest: SignDigest = async (digest) => {
  const keyId = process.env['CDR_KEY_ID'] ?? '';
  const output = await client.send(
    new SignCommand({
      KeyId: keyId,
      Message: Buffer.from(digest, 'hex'),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
    }),
  );
  if (output.Signature === undefined) throw new Error('KMS gave no signature');
  return { signature: Buffer.from(output.Signature).toString('base64'), keyId };
};
