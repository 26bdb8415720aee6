import middy from '@middy/core';
import * as z from 'zod';
import { isOperatorSlug } from '../../core/operator/operator-slug.ts';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { readOperator } from '../store/operators/operators.ts';
import { database } from '../store/table/client.ts';
import { type CreatedKey, createAdministratorKey } from './create-administrator-key.ts';
import { type CreatedOperator, createOperatorWithKey } from './create-operator.ts';

const name = z.string().trim().min(1).max(100);

const NewOperator = z.strictObject({ name, slug: z.string().refine(isOperatorSlug).optional() });

const NewKey = z.strictObject({ operatorId: z.string().min(1).max(64), keyName: name });

const refusals = {
  INVALID_REQUEST:
    'An operator has a name of 1 to 100 characters and may have a slug of 1 to 32 lower-case letters, digits and hyphens; a key has the operatorId of its operator and a keyName of 1 to 100 characters.',
  SLUG_TAKEN: 'Another operator has this slug.',
  OPERATOR_NOT_FOUND: 'No operator has this id.',
} as const;

/** A refusal in the form of the HTTP APIs. */
type Refusal = { readonly code: keyof typeof refusals; readonly message: string };

const refused = (code: Refusal['code']): Refusal => ({ code, message: refusals[code] });

async function create(request: z.infer<typeof NewOperator>): Promise<CreatedOperator | Refusal> {
  const created = await createOperatorWithKey(database, request, new Date().toISOString());
  if (created === 'slug-taken') return refused('SLUG_TAKEN');
  const { operatorId, slug, apiKeyId } = created;
  logger.info('Operator created', { operatorId, slug, apiKeyId });
  return created;
}

async function createKey({
  operatorId,
  keyName,
}: z.infer<typeof NewKey>): Promise<CreatedKey | Refusal> {
  if ((await readOperator(database, operatorId)) === undefined) {
    return refused('OPERATOR_NOT_FOUND');
  }
  const wanted = { operatorId, name: keyName };
  const created = await createAdministratorKey(database, wanted, new Date().toISOString());
  logger.info('Administrator key created', { operatorId, apiKeyId: created.apiKeyId });
  return created;
}

/**
 * Creates an operator and its first administrator key, or one more administrator key of an operator. Invoked by hand, by
 * whoever IAM lets invoke it.
 */
export const handler = middy<unknown, CreatedOperator | CreatedKey | Refusal>()
  .use(withRequestId())
  .handler(async (event) => {
    const key = NewKey.safeParse(event);
    if (key.success) return await createKey(key.data);
    const operator = NewOperator.safeParse(event);
    return operator.success ? await create(operator.data) : refused('INVALID_REQUEST');
  });
