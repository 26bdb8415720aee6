import type { DecodedMessage } from './cdr-rules.ts';

/**
 * True if the messages of a session carry several transaction ids that its charger made up: it gives each transaction one,
 * so that the start or the stop of one of them is missing, and energy of two drivers may be in the session.
 */
export const namesSeveral = (decoded: readonly DecodedMessage[]): boolean =>
  new Set(decoded.flatMap(({ madeUpId }) => madeUpId ?? [])).size > 1;
