import type { DecodedMessage } from '../../cdr/compute/cdr-rules.ts';
import { integerText } from '../rpc/number-literals.ts';
import { mayBeGiven } from './transaction-id-range.ts';

/** Numbers that say "none" in each message alike: 0, -1, and the largest and smallest of the integers of 32 and 64 bits. */
const none: ReadonlySet<number> = new Set([
  ...[0, -1, 2 ** 31 - 1, 2 ** 32 - 1, 2 ** 63, 2 ** 64],
  ...[-(2 ** 31), -(2 ** 63)],
]);

/**
 * The transaction id that a charger made up, as some count their offline transactions downwards from -1000; nothing for
 * an id that can be ours, and for a number that only says that the charger knows none. `raw` is the message's text.
 */
export const madeUpIdOf = (
  id: number | undefined,
  raw: string,
): Pick<DecodedMessage, 'madeUpId'> | undefined =>
  id === undefined || mayBeGiven(id) || none.has(id)
    ? undefined
    : { madeUpId: integerText(id, 'transactionId', raw) };
