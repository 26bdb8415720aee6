import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { TerminalPayment } from '../../../core/session/terminal-payment.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { sessionKey } from '../table/keys/session-keys.ts';
import { updateOf } from '../table/update.ts';

/** Notes what became of the payment of a session, where there is that session and no later news of its payment is known. */
export async function noteTerminalPayment(
  database: Database,
  sessionId: string,
  terminalPayment: TerminalPayment,
): Promise<void> {
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(sessionKey(sessionId)),
        ...updateOf({
          set: { terminalPayment: { ...terminalPayment } },
          names: ['at'],
          values: { at: terminalPayment.at },
        }),
        ConditionExpression:
          'attribute_exists(pk) AND (attribute_not_exists(#terminalPayment) OR #terminalPayment.#at <= :at)',
      }),
    ),
  );
}
