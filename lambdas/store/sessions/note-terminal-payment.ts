import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { TerminalPayment } from '../../../core/session/terminal-payment.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { sessionKey } from '../table/keys/session-keys.ts';
import { updateOf } from '../table/update.ts';
import { type StoredSession, storedSessionFrom } from './session-item.ts';

/**
 * Notes what became of the payment of a session, where there is that session and no later news of its payment is known. Gives the session
 * back, and notes nothing, where others have the id of its transaction, unless it is certain that the payment is its own (`isOwn`).
 */
export async function noteTerminalPayment(
  database: Database,
  sessionId: string,
  terminalPayment: TerminalPayment,
  isOwn = false,
): Promise<StoredSession | undefined> {
  const write = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(sessionKey(sessionId)),
        ...updateOf({
          set: { terminalPayment: { ...terminalPayment } },
          names: ['at', ...(isOwn ? [] : ['part'])],
          values: { at: terminalPayment.at },
        }),
        ConditionExpression: `attribute_exists(pk) AND (attribute_not_exists(#terminalPayment) OR #terminalPayment.#at <= :at)${isOwn ? '' : ' AND attribute_not_exists(#part)'}`,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  if (write.kind === 'written' || write.item?.['part'] === undefined) return undefined;
  return storedSessionFrom(write.item);
}
