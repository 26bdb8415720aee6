import type { Instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import { sequenceRuns } from '../points/sequence-runs.ts';

/**
 * Tells that messages of a session never arrived. Any run that counts up by one is whole, wherever it begins: OCPP
 * 2.0.1 does not say whether a station starts at 0 for each transaction.
 */
export const auditSequence = (
  sequence: ReadonlySet<number>,
  startedAt: Instant,
  recordAnomaly: RecordAnomaly,
): void => {
  if (sequenceRuns(sequence).length > 1) recordAnomaly('SEQ_GAP', startedAt);
};
