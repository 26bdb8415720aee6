import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { toKeptText } from '../../../core/ocpi/codec/kept-text.ts';
import type { ChargingPreferences } from '../../../core/ocpi/model/charging-profile.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { sessionKey } from '../table/keys/session-keys.ts';
import { updateOf } from '../table/update.ts';

/** Keeps a driver's wishes with a session while it runs, in the place of those before; `over` where it does not run any more. */
export async function keepPreferences(
  database: Database,
  sessionId: string,
  preferences: ChargingPreferences,
): Promise<'kept' | 'over'> {
  const written = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(sessionKey(sessionId)),
        ...updateOf({
          set: { preferences: toKeptText(preferences) },
          names: ['state'],
          values: { running: 'active' },
        }),
        ConditionExpression: '#state = :running',
      }),
    ),
  );
  return written.kind === 'written' ? 'kept' : 'over';
}
