import { isMore } from '../metering/energy/is-more.ts';
import type { Anomaly } from '../metering/model/anomaly.ts';
import { anomalyOf } from '../metering/model/anomaly-codes.ts';
import { sortAnomalies } from '../metering/model/sort-anomalies.ts';
import { registerFromWh } from '../metering/register/register-from-wh.ts';
import { lateStart, reusedId, sameStart, sameStop, secondStop } from './compare-ends.ts';
import { isStopInPart } from './divide-session.ts';
import type { Session, SessionStop } from './session.ts';
import type { SessionEvent } from './session-event.ts';
import { stopRegistersOf } from './stop-registers.ts';
import type { TransactionPart } from './transaction-part.ts';

/**
 * The session after an event that arrived when its CDR had been decided or sealed: the start and the stop that the
 * CDR is based on stay as they are. A contradiction is recorded once; one with an end that we assigned is not. `billed` is
 * the energy of the CDR in mWh.
 */
export const noteLateEvent = (session: Session, event: SessionEvent, billed = 0n): Session => {
  if (event.kind === 'divided') return noteDivision(session, event.part);
  const told = newsOf(session, event, billed);
  return told.length === 0
    ? session
    : { ...session, anomalies: sortAnomalies([...session.anomalies, ...told]) };
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

const newsOf = (
  { start, stop }: Session,
  event: SessionEvent,
  billed: bigint,
): readonly Anomaly[] => {
  switch (event.kind) {
    case 'started':
      return start !== undefined && sameStart(start, event.start) ? [] : [lateStart(event.start)];
    case 'stopped':
      return stop !== undefined && sameStop(stop, event.stop)
        ? []
        : [secondStop(event.stop), ...lateStop(stop, event.stop, billed)];
    case 'superseded':
    case 'abandoned':
    case 'stopMissing':
    case 'endedByOperator':
    case 'tokenPresented':
    case 'placed':
    case 'divided':
      return [];
    default:
      return event satisfies never;
  }
};

/** Of a stop that shows another energy than was billed by the one of the session. */
const lateStop = (
  stop: SessionStop | undefined,
  late: SessionStop,
  billed: bigint,
): readonly Anomaly[] => {
  const [by, to] = [stop, late].map((one) => one && registerOf(one));
  if (by === undefined || to === undefined) return [];
  const shown = billed + to - by;
  const isApart = isMore(shown, billed) || isMore(billed, shown);
  return isApart ? [anomalyOf('LATE_STOP', stop?.endedAt)] : [];
};

const registerOf = (stop: SessionStop): bigint | undefined => {
  const { lowest } = stopRegistersOf(undefined, stop) ?? {};
  return lowest === undefined ? undefined : registerFromWh(lowest);
};
