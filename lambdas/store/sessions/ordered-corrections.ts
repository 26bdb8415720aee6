import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { CdrCorrection } from '../../../core/cdr/compute/cdr-correction.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { sessionKey } from '../table/keys/session-keys.ts';
import { type Change, updateOf } from '../table/update.ts';
import type { StoredSession } from './session-item.ts';

type SealedSession = Pick<StoredSession, 'session' | 'version'>;

async function change(
  database: Database,
  { session, version }: SealedSession,
  changes: Change,
  condition: string,
): Promise<'written' | 'changed'> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(sessionKey(session.sessionId)),
        ...updateOf({
          ...changes,
          set: { ...changes.set, version: version + 1 },
          values: { expectedVersion: version },
        }),
        ConditionExpression: `#version = :expectedVersion AND ${condition}`,
      }),
    ),
  );
  return update.kind === 'written' ? 'written' : 'changed';
}

/**
 * Keeps the correction of its sealed CDR that an operator ordered of a session, once; the stream has it carried out. `changed` means that
 * the session is not what it was when it was read.
 */
export const writeOrderedCorrection = async (
  database: Database,
  stored: SealedSession,
  correction: CdrCorrection,
): Promise<'written' | 'changed'> =>
  await change(
    database,
    stored,
    {
      set: { correction: JSON.stringify(correction) },
      names: ['cdrSequence', 'creditSequence', 'correction'],
    },
    'attribute_exists(#cdrSequence) AND attribute_not_exists(#creditSequence) AND attribute_not_exists(#correction)',
  );

/** Forgets an ordered correction that cannot be carried out, and says so of its session; its CDR remains. */
export const dropOrderedCorrection = async (
  database: Database,
  stored: SealedSession,
): Promise<'written' | 'changed'> =>
  await change(
    database,
    stored,
    { set: { lateNote: 'CORRECTION_FAILED' }, remove: ['correction'] },
    'attribute_exists(#correction)',
  );
