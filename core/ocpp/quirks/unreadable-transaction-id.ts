import type { JsonObject } from '../json-object.ts';
import type { Mend } from './quirk.ts';

const isWhole = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value);

const withoutTransactionId = ({ transactionId, ...others }: JsonObject): JsonObject => others;

/** The transaction id is no number, empty for example: the message is read as one without a transaction. */
export const unreadableTransactionId = {
  kind: 'mends',
  name: 'unreadable-transaction-id',
  applies: (_action, payload) =>
    payload['transactionId'] !== undefined && !isWhole(payload['transactionId']),
  mend: withoutTransactionId,
} as const satisfies Mend;
