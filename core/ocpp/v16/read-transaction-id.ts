import { integerText } from '../rpc/number-literals.ts';

/**
 * The transaction id as text; undefined for none, 0 and -1, which chargers send when they never learnt the real one.
 * Longer ids than a double holds are taken from the text (`raw`).
 */
export const readTransactionId = (id: number | undefined, raw: string): string | undefined =>
  id === undefined || id === 0 || id === -1 ? undefined : integerText(id, 'transactionId', raw);
