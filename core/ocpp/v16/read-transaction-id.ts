import { mayBeGiven } from './transaction-id-range.ts';

/** The transaction id as text; undefined for none, and for a number that we cannot have given. */
export const readTransactionId = (id: number | undefined): string | undefined =>
  id === undefined || !mayBeGiven(id) ? undefined : String(id);
