import { mayBeGiven } from '../../v16/transaction-id-range.ts';
import type { Flag } from '../quirk.ts';

/** We never gave the transaction id, as 0, -1 or 2^63 - 1: the charger does not know the real one, the message is read as one without a transaction. */
export const placeholderTransactionId = {
  kind: 'flags',
  name: 'placeholder-transaction-id',
  applies: ({ transactionId }) => typeof transactionId === 'number' && !mayBeGiven(transactionId),
} as const satisfies Flag;
