import { readApiKeyText } from '../runtime/api-key-text.ts';
import { fitsHash, secretHash } from '../runtime/secrets.ts';
import { type ApiKey, readApiKey } from '../store/operators/api-keys.ts';
import type { Database } from '../store/table/client.ts';

/** Whose key came with a request. */
export type Authentication =
  | { readonly kind: 'known'; readonly apiKey: ApiKey }
  | { readonly kind: 'refused'; readonly code: 'AUTH_HEADER_MISSING' | 'INVALID_API_KEY' };

/** How long a key that was found valid is taken as valid, ms: how late a deletion may take effect. */
const rememberedFor = 5_000;
const mostRemembered = 1_000;

type Remembered = { readonly apiKey: ApiKey; readonly until: number };

const remembered = new Map<string, Remembered>();

/** Forgets a key at once, in this process; others forget it after a few seconds. */
export function forgetApiKey(apiKeyId: string): void {
  for (const [hash, { apiKey }] of remembered) {
    if (apiKey.apiKeyId === apiKeyId) remembered.delete(hash);
  }
}

const expired = (apiKey: ApiKey, now: number): boolean =>
  apiKey.expiresAt !== undefined && Date.parse(apiKey.expiresAt) <= now;

async function findKey(database: Database, text: string, now: number): Promise<ApiKey | undefined> {
  const parts = readApiKeyText(text);
  if (parts === undefined) return undefined;
  const hash = secretHash(text);
  const known = remembered.get(hash);
  if (known !== undefined && known.until > now) return known.apiKey;
  remembered.delete(hash);
  const apiKey = await readApiKey(database, parts.apiKeyId);
  if (apiKey === undefined || !fitsHash(parts.secret, apiKey.hash)) return undefined;
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(hash, { apiKey, until: now + rememberedFor });
  return apiKey;
}

/** The text of the API key in an Authorization header. */
export const apiKeyText = (authorization: string | undefined): string | undefined =>
  /^bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];

/** Finds the API key of an Authorization header (`Bearer jg_live_…`). */
export async function authenticate(
  database: Database,
  authorization: string | undefined,
  now: number,
): Promise<Authentication> {
  const text = apiKeyText(authorization);
  if (text === undefined) return { kind: 'refused', code: 'AUTH_HEADER_MISSING' };
  const apiKey = await findKey(database, text, now);
  return apiKey === undefined || expired(apiKey, now)
    ? { kind: 'refused', code: 'INVALID_API_KEY' }
    : { kind: 'known', apiKey };
}
