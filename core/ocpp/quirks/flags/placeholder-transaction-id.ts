import type { Flag } from '../quirk.ts';

/** The transaction id is 0 or -1: the charger never learnt the real one, the message is read as one without a transaction. */
export const placeholderTransactionId = {
  kind: 'flags',
  name: 'placeholder-transaction-id',
  applies: ({ transactionId }) => transactionId === 0 || transactionId === -1,
} as const satisfies Flag;
