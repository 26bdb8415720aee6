import { setTimeout } from 'node:timers/promises';
import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from './client.ts';
import type { Item } from './item.ts';

/** How often writes to the same items may meet before it is given up. */
const mostMeetings = 20;

const isConflict = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'TransactionConflictException' ||
    (error instanceof TransactionCanceledException &&
      (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict')));

/** Writes again where another transaction writes the same items at this moment, `most` times. */
export async function despiteConflicts<T>(
  write: () => Promise<T>,
  most: number = mostMeetings,
): Promise<T> {
  for (let n = 1; n <= most; n += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isConflict(error)) throw error;
      await setTimeout(5 * n);
    }
  }
  throw new ConcurrentUpdateError('The same items kept being written by others');
}

/** The fate of a part: whether its condition held, and where not, its item as it is, if it exists and the part asks for it (`ALL_OLD`). */
type Fate = { readonly held: boolean; readonly item?: Item | undefined };

/** Writes all parts, or none; gives for each part whether its condition held. `most` is how often others may write the same items meanwhile. */
export const transact = async (
  database: Database,
  parts: readonly TransactWriteItem[],
  most?: number,
): Promise<readonly boolean[]> =>
  (await transactAndSee(database, parts, most)).map(({ held }) => held);

/** Writes all parts, or none; gives for each part what became of it. `most` as above. */
export async function transactAndSee(
  database: Database,
  parts: readonly TransactWriteItem[],
  most?: number,
): Promise<readonly Fate[]> {
  return await despiteConflicts(async () => {
    try {
      await database.client.send(new TransactWriteItemsCommand({ TransactItems: [...parts] }));
      return parts.map(() => ({ held: true }));
    } catch (error) {
      if (!(error instanceof TransactionCanceledException) || isConflict(error)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const fates = parts.map((_part, index) => ({
        held: reasons[index]?.Code !== 'ConditionalCheckFailed',
        item: reasons[index]?.Item,
      }));
      if (fates.every(({ held }) => held)) throw error;
      return fates;
    }
  }, most);
}
