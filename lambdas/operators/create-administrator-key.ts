import { newApiKey } from '../runtime/api-key-text.ts';
import { createApiKey } from '../store/operators/api-keys.ts';
import type { Database } from '../store/table/client.ts';

/** A new key of an operator, shown this once. */
export type CreatedKey = {
  readonly operatorId: string;
  readonly apiKeyId: string;
  readonly apiKey: string;
};

/** Makes a key of an operator that may do everything. */
export async function createAdministratorKey(
  database: Database,
  { operatorId, name }: { readonly operatorId: string; readonly name: string },
  createdAt: string,
): Promise<CreatedKey> {
  const { apiKeyId, apiKey, hash } = newApiKey();
  await createApiKey(database, { apiKeyId, operatorId, name, hash, scopes: ['admin'], createdAt });
  return { operatorId, apiKeyId, apiKey };
}
