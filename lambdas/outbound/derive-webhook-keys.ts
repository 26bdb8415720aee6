import { deriveSecret } from '../runtime/derive-secret.ts';
import { type KeyName, keysFrom, type WebhookKeys } from './webhook-keys.ts';

/** Derives the secrets of a webhook. */
export const deriveWebhookKeys = async ({
  operatorId,
  webhookId,
  version,
}: KeyName): Promise<WebhookKeys> =>
  keysFrom(await deriveSecret(['joulegate webhook', operatorId, webhookId, version]));
