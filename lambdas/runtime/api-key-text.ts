import { randomText } from './new-id.ts';
import { secretHash } from './secrets.ts';

const shape = /^jg_live_([a-z2-7]{16})_([a-z2-7]{40})$/;

/** Makes an API key, or another secret for the one of an id: its text, shown once, and what is kept of it. The secret has 200 bits. */
export function newApiKey(apiKeyId = randomText(16)): {
  readonly apiKeyId: string;
  readonly apiKey: string;
  readonly hash: string;
} {
  const secret = randomText(40);
  return { apiKeyId, apiKey: `jg_live_${apiKeyId}_${secret}`, hash: secretHash(secret) };
}

/** Reads an API key's text; undefined when it is not shaped like one of ours. */
export function readApiKeyText(
  text: string,
): { readonly apiKeyId: string; readonly secret: string } | undefined {
  const match = shape.exec(text);
  const [, apiKeyId, secret] = match ?? [];
  return apiKeyId === undefined || secret === undefined ? undefined : { apiKeyId, secret };
}
