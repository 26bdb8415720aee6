import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';

/** Reads the public half of a key in KMS: SPKI DER in base64. */
export async function readPublicKey(
  keyId: string,
  client = new KMSClient({ maxAttempts: 5 }),
): Promise<string> {
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (PublicKey === undefined) throw new Error('KMS gave no public key');
  return Buffer.from(PublicKey).toString('base64');
}
