import type { Tolerance } from '../quirk.ts';

/** A session stops without naming its transaction: the connector has to show which one it was. */
export const missingTransactionId = {
  kind: 'tolerates',
  name: 'missing-transaction-id',
  tolerates: (_action, { keyword, params }) =>
    keyword === 'required' && params['missingProperty'] === 'transactionId',
} as const satisfies Tolerance;
