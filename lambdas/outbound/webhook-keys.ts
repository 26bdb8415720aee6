import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';

const client = new KMSClient({ maxAttempts: 4 });

/** The secrets of a webhook, of one version. */
export type WebhookKeys = {
  /** Of HMAC-SHA-256: 32 bytes. */
  readonly secret: Buffer;
  /** Of Ed25519. */
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
};

/** Which webhook, and which version of its secrets. */
export type KeyName = {
  readonly operatorId: string;
  readonly webhookId: string;
  readonly version: number;
};

const known = new Map<string, WebhookKeys>();
const mostKnown = 1_000;

/** How PKCS #8 wraps a private key of Ed25519 (RFC 8410, section 7), up to its 32 bytes. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const part = (root: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', root, '', `joulegate webhook ${purpose}`, 32));

function keysFrom(root: Uint8Array): WebhookKeys {
  const der = Buffer.concat([pkcs8, part(root, 'ed25519')]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return {
    secret: part(root, 'hmac-sha256'),
    privateKey,
    publicKey: createPublicKey(privateKey),
  };
}

/**
 * Derives the secrets of a webhook from a key that never leaves KMS (WEBHOOK_KEY_ID): they are stored nowhere, and cannot be read from
 * the database, whole or encrypted.
 */
export async function webhookKeys({
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

/** The secret as its operator gets it, once: `whsec_` and base64. */
export const secretText = ({ secret }: WebhookKeys): string => `whsec_${secret.toString('base64')}`;

/** The public key as receivers verify with it: `whpk_` and base64 of its 32 bytes. */
export const publicKeyText = ({ publicKey }: WebhookKeys): string => {
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return `whpk_${Buffer.from(x, 'base64url').toString('base64')}`;
};
