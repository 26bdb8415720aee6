import { newApiKey } from '../runtime/api-key-text.ts';
import { newId } from '../runtime/new-id.ts';
import { createApiKey } from '../store/api-keys.ts';
import { createOperator } from '../store/operators.ts';
import type { Database } from '../store/table/client.ts';

/** A new operator and the only showing of its first key. */
export type CreatedOperator = {
  readonly operatorId: string;
  readonly name: string;
  readonly apiKeyId: string;
  readonly apiKey: string;
};

/** Creates an operator and its first administrator key. */
export async function createOperatorWithKey(
  database: Database,
  name: string,
  createdAt: string,
): Promise<CreatedOperator> {
  const operatorId = newId('op');
  await createOperator(database, { operatorId, name, createdAt });
  const { apiKeyId, apiKey, hash } = newApiKey();
  await createApiKey(database, {
    apiKeyId,
    operatorId,
    name: 'First administrator',
    hash,
    scopes: ['admin'],
    createdAt,
  });
  return { operatorId, name, apiKeyId, apiKey };
}
