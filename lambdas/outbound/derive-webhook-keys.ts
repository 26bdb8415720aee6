import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { type KeyName, keysFrom, type WebhookKeys } from './webhook-keys.ts';

const client = new KMSClient({ maxAttempts: 4 });

const known = new Map<string, WebhookKeys>();
const mostKnown = 1_000;

/**
 * Derives the secrets of a webhook from a key that never leaves KMS (WEBHOOK_KEY_ID): they are stored nowhere, and cannot be read from
 * the database, whole or encrypted.
 */
export async function deriveWebhookKeys({
  operatorId,
  webhookId,
  version,
}: KeyName): Promise<WebhookKeys> {
  const name = JSON.stringify(['joulegate webhook', operatorId, webhookId, version]);
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
  const keys = keysFrom(Mac);
  if (known.size >= mostKnown) known.clear();
  known.set(name, keys);
  return keys;
}
