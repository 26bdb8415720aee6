import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';

/** Why nothing was written: another CDR has the place in the chain, or something is not what it was when it was read. */
export type Refusal = 'taken' | 'changed';

/** A part of a transaction, and what it means when its condition does not hold. */
export type Part = { readonly item: TransactWriteItem; readonly otherwise: Refusal };

/** Writes all parts or none. */
export async function writeTogether(
  database: Database,
  parts: readonly Part[],
): Promise<'written' | Refusal> {
  try {
    const TransactItems = parts.map(({ item }) => item);
    await database.client.send(new TransactWriteItemsCommand({ TransactItems }));
    return 'written';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = (error.CancellationReasons ?? []).map((reason) => reason.Code);
    return refusalOf(parts, reasons) ?? rethrown(error);
  }
}

function refusalOf(
  parts: readonly Part[],
  reasons: readonly (string | undefined)[],
): Refusal | undefined {
  const refusals = parts
    .filter((_, index) => reasons[index] === 'ConditionalCheckFailed')
    .map(({ otherwise }) => otherwise);
  if (refusals.includes('changed')) return 'changed';
  // Somebody else writes the same items at this moment: whoever comes second looks again.
  if (refusals.includes('taken') || reasons.includes('TransactionConflict')) return 'taken';
  return undefined;
}

function rethrown(error: Error): never {
  throw error;
}
