import type { Instant } from '../units/instant.ts';
import type { Noter } from './noted.ts';

/**
 * Tells of messages that never arrived, at the time of the one that follows the gap. Any run that counts up by one is
 * whole, wherever it begins: OCPP 2.0.1 does not say whether a station starts at 0 for each transaction.
 */
export const auditSequence = (sequence: ReadonlyMap<number, Instant>, noter: Noter): void => {
  const ascending = [...sequence].sort(([a], [b]) => a - b);
  for (const [index, [seqNo, at]] of ascending.entries()) {
    const previous = ascending[index - 1]?.[0];
    if (previous !== undefined && seqNo !== previous + 1) noter('SEQ_GAP', at);
  }
};
