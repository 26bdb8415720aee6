import middy from '@middy/core';
import * as z from 'zod';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { type CreatedOperator, createOperatorWithKey } from './create-operator.ts';

const Request = z.strictObject({ name: z.string().trim().min(1).max(100) });

/** A refusal in the form of the HTTP APIs. */
type Refusal = { readonly code: 'INVALID_REQUEST'; readonly message: string };

/** Creates an operator and its first administrator key. Invoked by hand, by whoever IAM lets invoke it. */
export const handler = middy<unknown, CreatedOperator | Refusal>()
  .use(withRequestId())
  .handler(async (event) => {
    const request = Request.safeParse(event);
    if (!request.success) {
      const message = 'An operator has a name of 1 to 100 characters and nothing else.';
      return { code: 'INVALID_REQUEST', message };
    }
    const created = await createOperatorWithKey(
      database,
      request.data.name,
      new Date().toISOString(),
    );
    logger.info('Operator created', { operatorId: created.operatorId, apiKeyId: created.apiKeyId });
    return created;
  });
