import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { sessionKey } from '../table/keys/session-keys.ts';
import { updateOf } from '../table/update.ts';

/** Keeps with a session, while it runs, that its partner set a charging profile and gets what others change of it. */
export async function followProfile(database: Database, sessionId: string): Promise<void> {
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(sessionKey(sessionId)),
        ...updateOf({
          set: { followsProfile: true },
          names: ['state'],
          values: { running: 'active' },
        }),
        ConditionExpression: '#state = :running',
      }),
    ),
  );
}

/** Notes with a running session that its partner set a profile on when a limit of its charger's own changed; `at` is ISO 8601 in UTC. */
export async function noteLimit(database: Database, sessionId: string, at: string): Promise<void> {
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(sessionKey(sessionId)),
        ...updateOf({
          set: { limitChangedAt: at },
          names: ['state', 'followsProfile'],
          values: { running: 'active', follows: true },
        }),
        ConditionExpression: '#state = :running AND #followsProfile = :follows',
      }),
    ),
  );
}
