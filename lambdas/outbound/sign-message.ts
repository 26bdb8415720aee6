import { createHmac, sign } from 'node:crypto';
import type { WebhookKeys } from './webhook-keys.ts';

/** A message to be signed: its id, when it is sent in epoch seconds, and its body. */
export type SignedMessage = {
  readonly id: string;
  readonly timestamp: number;
  readonly body: string;
};

/**
 * The headers by which a receiver verifies a message (Standard Webhooks): for each of the keys, the newest one first, a signature by HMAC
 * (`v1`) and one by Ed25519 (`v1a`).
 */
export function signMessage(
  { id, timestamp, body }: SignedMessage,
  keys: readonly WebhookKeys[],
): Readonly<Record<string, string>> {
  const content = Buffer.from(`${id}.${timestamp}.${body}`, 'utf8');
  const signatures = keys.flatMap(({ secret, privateKey }) => [
    `v1,${createHmac('sha256', secret).update(content).digest('base64')}`,
    `v1a,${sign(null, content, privateKey).toString('base64')}`,
  ]);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
