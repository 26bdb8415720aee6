import { readApiKeyText } from '../runtime/api-key-text.ts';
import { fitsHash } from '../runtime/secrets.ts';
import { type ApiKey, readApiKey } from '../store/operators/api-keys.ts';
import type { Database } from '../store/table/client.ts';
import { noteUse } from './note-use.ts';
import { allows, type Scope } from './scopes.ts';

/** Whose key came with a request. */
export type Authentication =
  | { readonly kind: 'known'; readonly apiKey: ApiKey }
  | { readonly kind: 'refused'; readonly code: 'AUTH_HEADER_MISSING' | 'INVALID_API_KEY' };

/** How long a key that was read is remembered, ms: how late a deletion may take effect. */
const rememberedFor = 5_000;
const mostRemembered = 1_000;
/** Ids without a key are remembered apart, so that whoever invents some pushes no key out. */
const mostAbsent = 10_000;

type Remembered = { readonly apiKey: ApiKey; readonly until: number };

const remembered = new Map<string, Remembered>();
/** Until when no key of an id is looked for: nobody gives a new key an id that was asked for. */
const absent = new Map<string, number>();

/** Forgets a key at once, in this process; others forget it after a few seconds. */
export function forgetApiKey(apiKeyId: string): void {
  remembered.delete(apiKeyId);
}

const expired = (apiKey: ApiKey, now: number): boolean =>
  apiKey.expiresAt !== undefined && Date.parse(apiKey.expiresAt) <= now;

/** The key of an id, whatever secret comes with it: read once in a few seconds, also where there is none. */
async function keyOf(
  database: Database,
  apiKeyId: string,
  now: number,
): Promise<ApiKey | undefined> {
  const known = remembered.get(apiKeyId);
  if (known !== undefined && known.until > now) return known.apiKey;
  if ((absent.get(apiKeyId) ?? now) > now) return undefined;
  remembered.delete(apiKeyId);
  // A key that was just made is found at once: what is not there is remembered.
  const apiKey = await readApiKey(database, apiKeyId, true);
  if (apiKey === undefined) {
    if (absent.size >= mostAbsent) absent.clear();
    absent.set(apiKeyId, now + rememberedFor);
    return undefined;
  }
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(apiKeyId, { apiKey, until: now + rememberedFor });
  return apiKey;
}

/** Whether a text is the secret of a key, or the one before that nobody has replaced by using the new one. */
function secretOf(
  { hash, previous }: ApiKey,
  secret: string,
  now: number,
): 'new' | 'previous' | undefined {
  if (fitsHash(secret, hash)) return 'new';
  if (previous === undefined || !fitsHash(secret, previous.hash)) return undefined;
  const { validUntil } = previous;
  return validUntil === undefined || Date.parse(validUntil) > now ? 'previous' : undefined;
}

async function findKey(database: Database, text: string, now: number): Promise<ApiKey | undefined> {
  const parts = readApiKeyText(text);
  if (parts === undefined) return undefined;
  const apiKey = await keyOf(database, parts.apiKeyId, now);
  const which = apiKey && secretOf(apiKey, parts.secret, now);
  if (apiKey === undefined || which === undefined || expired(apiKey, now)) return undefined;
  const noted = await noteUse(database, apiKey, which === 'new', now);
  const known = remembered.get(parts.apiKeyId);
  if (noted !== apiKey && known !== undefined) {
    remembered.set(parts.apiKeyId, { ...known, apiKey: noted });
  }
  return noted;
}

/** Whether the key of an id exists, has not expired, and allows what needs `scope`: for whoever showed it before. */
export async function mayUse(
  database: Database,
  apiKeyId: string,
  scope: Scope,
  now: number,
): Promise<boolean> {
  const apiKey = await keyOf(database, apiKeyId, now);
  return apiKey !== undefined && !expired(apiKey, now) && allows(apiKey.scopes, scope);
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
  return apiKey === undefined
    ? { kind: 'refused', code: 'INVALID_API_KEY' }
    : { kind: 'known', apiKey };
}
