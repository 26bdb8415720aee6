import { setTimeout } from 'node:timers/promises';
import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from './client.ts';

/** How often writes to the same items may meet before it is given up. */
const mostMeetings = 20;

const isConflict = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'TransactionConflictException' ||
    (error instanceof TransactionCanceledException &&
      (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict')));

/** Writes again where another transaction writes the same items at this moment. */
export async function despiteConflicts<T>(write: () => Promise<T>): Promise<T> {
  for (let n = 1; n <= mostMeetings; n += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isConflict(error)) throw error;
      await setTimeout(5 * n);
    }
  }
  throw new ConcurrentUpdateError('The same items kept being written by others');
}

/** Writes all parts, or none; gives for each part whether its condition held. */
export async function transact(
  database: Database,
  parts: readonly TransactWriteItem[],
): Promise<readonly boolean[]> {
  return await despiteConflicts(async () => {
    try {
      await database.client.send(new TransactWriteItemsCommand({ TransactItems: [...parts] }));
      return parts.map(() => true);
    } catch (error) {
      if (!(error instanceof TransactionCanceledException) || isConflict(error)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const refused = parts.map(
        (_part, index) => reasons[index]?.Code === 'ConditionalCheckFailed',
      );
      if (!refused.includes(true)) throw error;
      return refused.map((isRefused) => !isRefused);
    }
  });
}
