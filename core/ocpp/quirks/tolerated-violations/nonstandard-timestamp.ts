import type { Tolerance } from '../quirk.ts';
import { transactionMessages, v2xTransactionMessages } from '../transaction-messages.ts';

const likeIso = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/i;

/**
 * A timestamp is not an RFC 3339 time, without a zone for example: it is kept as it is, for whoever reads it to judge.
 * That of a transaction message may be any text.
 */
export const nonstandardTimestamp = {
  kind: 'tolerates',
  name: 'nonstandard-timestamp',
  tolerates: (action, { keyword }, value) =>
    keyword === 'format' &&
    ([...transactionMessages, ...v2xTransactionMessages].includes(action) ||
      likeIso.test(String(value))),
} as const satisfies Tolerance;
