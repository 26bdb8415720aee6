import type { Anomaly } from '../metering/model/anomaly.ts';
import { sortAnomalies } from '../metering/model/sort-anomalies.ts';
import { lateStart, sameStart, sameStop, secondStop } from './compare-ends.ts';
import type { Session } from './session.ts';
import type { SessionEvent } from './session-event.ts';

/**
 * The session after an event that arrived when its CDR had been decided or sealed: the start and the stop that the
 * CDR is based on stay as they are. A contradiction is recorded once; one with an end that we assigned is not.
 */
export const noteLateEvent = (session: Session, event: SessionEvent): Session => {
  const told = newsOf(session, event);
  return told === undefined
    ? session
    : { ...session, anomalies: sortAnomalies([...session.anomalies, told]) };
};

const newsOf = ({ start, stop }: Session, event: SessionEvent): Anomaly | undefined => {
  switch (event.kind) {
    case 'started':
      return start !== undefined && sameStart(start, event.start)
        ? undefined
        : lateStart(event.start);
    case 'stopped':
      return stop !== undefined && sameStop(stop, event.stop) ? undefined : secondStop(event.stop);
    case 'superseded':
    case 'abandoned':
    case 'stopMissing':
    case 'tokenPresented':
    case 'placed':
      return undefined;
    default:
      return event satisfies never;
  }
};
