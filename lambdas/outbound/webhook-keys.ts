import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';

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

/** How PKCS #8 wraps a private key of Ed25519 (RFC 8410, section 7), up to its 32 bytes. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const part = (root: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', root, '', `joulegate webhook ${purpose}`, 32));

/** The secrets of a webhook that follow from 32 bytes which nobody else has. */
export function keysFrom(root: Uint8Array): WebhookKeys {
  const der = Buffer.concat([pkcs8, part(root, 'ed25519')]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return {
    secret: part(root, 'hmac-sha256'),
    privateKey,
    publicKey: createPublicKey(privateKey),
  };
}

/** The secret as its operator gets it, once: `whsec_` and base64. */
export const secretText = ({ secret }: WebhookKeys): string => `whsec_${secret.toString('base64')}`;

/** The public key as receivers verify with it: `whpk_` and base64 of its 32 bytes. */
export const publicKeyText = ({ publicKey }: WebhookKeys): string => {
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return `whpk_${Buffer.from(x, 'base64url').toString('base64')}`;
};
