import type { Anomaly } from '../metering/model/anomaly.ts';
import { anomalyOf } from '../metering/model/anomaly-codes.ts';
import { sortAnomalies } from '../metering/model/sort-anomalies.ts';
import { lateStart, reusedId, sameStart, sameStop, secondStop } from './compare-ends.ts';
import { isStopInPart } from './divide-session.ts';
import type { Session } from './session.ts';
import type { SessionEvent } from './session-event.ts';
import type { TransactionPart } from './transaction-part.ts';

/**
 * The session after an event that arrived when its CDR had been decided or sealed: the start and the stop that the
 * CDR is based on stay as they are. A contradiction is recorded once; one with an end that we assigned is not.
 */
export const noteLateEvent = (session: Session, event: SessionEvent): Session => {
  if (event.kind === 'divided') return noteDivision(session, event.part);
  const told = newsOf(session, event);
  return told === undefined
    ? session
    : { ...session, anomalies: sortAnomalies([...session.anomalies, told]) };
};

/**
 * A session whose bill is based on what is in its part stays as it is; one that was billed by the stop of another transaction of its id,
 * which came before that one's start, says so.
 */
const noteDivision = (session: Session, part: TransactionPart): Session => {
  const known = session.anomalies.filter(({ code }) => !codesOfDivision.has(code));
  const mixed = isStopInPart(session, part) ? [] : [anomalyOf('TRANSACTIONS_MIXED')];
  return {
    ...session,
    part,
    anomalies: sortAnomalies([...known, ...mixed, reusedId(session)]),
  };
};

const codesOfDivision: ReadonlySet<string> = new Set([
  'TRANSACTION_ID_REUSED',
  'TRANSACTIONS_MIXED',
]);

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
    case 'divided':
      return undefined;
    default:
      return event satisfies never;
  }
};
