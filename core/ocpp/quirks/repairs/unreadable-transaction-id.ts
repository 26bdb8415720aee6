import type { JsonObject } from '../../json-object.ts';
import type { Repair } from '../quirk.ts';

const isWhole = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value);

const withoutTransactionId = ({ transactionId, ...others }: JsonObject): JsonObject => others;

/** The transaction id is not a number, empty for example: the message is read as one without a transaction. */
export const unreadableTransactionId = {
  kind: 'repairs',
  name: 'unreadable-transaction-id',
  applies: (_action, payload) =>
    payload['transactionId'] !== undefined && !isWhole(payload['transactionId']),
  repair: withoutTransactionId,
} as const satisfies Repair;
