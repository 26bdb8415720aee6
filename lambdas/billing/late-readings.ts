import { couldCount, keptTime, lateness } from '../../core/cdr/evidence.ts';
import { countedBy, isMarkedBy } from '../store/readings/reading-marks.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import type { ClosedRunningView } from '../store/sessions/closed-running-view.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { CorrectionMessage } from './correction-message.ts';

/** True if some of a session's readings may be new to its CDR: neither counted nor reviewed, according to the marks. */
export function mayBeNew(readings: readonly MessageRecord[], closed: ClosedRunningView): boolean {
  const isCounted = isMarkedBy(closed.counted.marks ?? '');
  const isReviewed = isMarkedBy(closed.reviewed ?? '');
  return readings.some((reading) => !isCounted(reading) && !isReviewed(reading));
}

/**
 * The readings of a session that is over which its CDR is not based on, though they could say something about it, and
 * which were not reviewed. Without marks the time at which they were stored decides.
 */
export function lateReadings(
  readings: readonly MessageRecord[],
  stored: StoredSession,
  closed: ClosedRunningView | undefined,
): readonly MessageRecord[] {
  const isReviewed = isMarkedBy(closed?.reviewed ?? '');
  const isLate = lateness(stored, countedBy(closed?.counted ?? {}));
  return readings.filter(
    (reading) => couldCount(reading, stored) && isLate(reading) && !isReviewed(reading),
  );
}

/** Requests a review of a session because of some readings; undefined when there are none. */
export function correctionFor(
  sessionId: string,
  readings: readonly MessageRecord[],
): CorrectionMessage | undefined {
  const until = readings.map(keptTime).sort().at(-1);
  return until === undefined ? undefined : { sessionId, until };
}
