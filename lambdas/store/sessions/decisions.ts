import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { CdrDecision } from '../../../core/cdr/compute/cdr-decision.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { sessionKey } from '../table/keys/session-keys.ts';
import { updateOf } from '../table/update.ts';

/**
 * Keeps what an operator decided of a session whose CDR is held, once; the stream has the CDR made again by it.
 * `changed` means that the session is not what it was when it was read.
 */
export async function writeDecision(
  database: Database,
  session: { readonly sessionId: string; readonly version: number },
  decision: CdrDecision,
): Promise<'written' | 'changed'> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(sessionKey(session.sessionId)),
        ...updateOf({
          set: { decision: JSON.stringify(decision), version: session.version + 1 },
          names: ['heldHash', 'cdrSequence'],
          values: { expectedVersion: session.version },
        }),
        ConditionExpression:
          '#version = :expectedVersion AND attribute_exists(#heldHash) AND attribute_not_exists(#cdrSequence) AND attribute_not_exists(#decision)',
      }),
    ),
  );
  return update.kind === 'written' ? 'written' : 'changed';
}
