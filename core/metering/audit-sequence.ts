import type { Instant } from '../units/instant.ts';
import type { Noter } from './noted.ts';
import { sequenceRuns } from './sequence-runs.ts';

/**
 * Tells that messages of a session never arrived. Any run that counts up by one is whole, wherever it begins: OCPP
 * 2.0.1 does not say whether a station starts at 0 for each transaction.
 */
export const auditSequence = (
  sequence: ReadonlySet<number>,
  startedAt: Instant,
  noter: Noter,
): void => {
  if (sequenceRuns(sequence).length > 1) noter('SEQ_GAP', startedAt);
};
