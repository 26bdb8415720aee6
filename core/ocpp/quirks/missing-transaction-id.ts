import type { Forgiveness } from './quirk.ts';

/** A session stops without naming its transaction: the connector has to tell which one it was. */
export const missingTransactionId = {
  kind: 'forgives',
  name: 'missing-transaction-id',
  forgives: (_action, { keyword, params }) =>
    keyword === 'required' && params['missingProperty'] === 'transactionId',
} as const satisfies Forgiveness;
