import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import type { PartnerName } from './roaming-services.ts';

const client = new KMSClient({ maxAttempts: 4 });

const known = new Map<string, Uint8Array>();
const mostKnown = 1_000;

/**
 * Derives the key of a partner's token from a key that never leaves KMS (WEBHOOK_KEY_ID): whoever reads the database has neither
 * of them.
 */
export async function derivePartnerKey({
  operatorId,
  partnerId,
}: PartnerName): Promise<Uint8Array> {
  const name = JSON.stringify(['joulegate partner', operatorId, partnerId]);
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const { Mac } = await client.send(
    new GenerateMacCommand({
      KeyId: process.env['WEBHOOK_KEY_ID'] ?? '',
      MacAlgorithm: 'HMAC_SHA_256',
      Message: Buffer.from(name, 'utf8'),
    }),
  );
  if (Mac === undefined) throw new Error('KMS gave no code');
  if (known.size >= mostKnown) known.clear();
  known.set(name, Mac);
  return Mac;
}
