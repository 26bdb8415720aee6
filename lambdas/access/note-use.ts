import { logger } from '../runtime/logger.ts';
import { type ApiKey, noteKeyUse } from '../store/operators/api-keys.ts';
import type { Database } from '../store/table/client.ts';

/** How exactly the last use of a key is known, ms: most requests write nothing. */
const usedWithin = 3_600_000;

/**
 * Notes that a key was used, once an hour, and ends the secret before a rotation when the new one is used. A request is not
 * refused because this cannot be written. Gives the key as it is kept then.
 */
export async function noteUse(
  database: Database,
  apiKey: ApiKey,
  isNewSecret: boolean,
  now: number,
): Promise<ApiKey> {
  const endsPrevious = isNewSecret && apiKey.previous !== undefined;
  const isKnown =
    apiKey.lastUsedAt !== undefined && Date.parse(apiKey.lastUsedAt) + usedWithin > now;
  if (isKnown && !endsPrevious) return apiKey;
  const lastUsedAt = new Date(now).toISOString();
  try {
    await noteKeyUse(database, apiKey, lastUsedAt, endsPrevious);
  } catch (error) {
    logger.warn('The use of an API key could not be noted', { error, apiKeyId: apiKey.apiKeyId });
    return apiKey;
  }
  const { previous, ...rest } = apiKey;
  return { ...rest, ...(previous && !endsPrevious ? { previous } : {}), lastUsedAt };
}
