import type { Anomaly } from '../metering/model/anomaly.ts';
import { anomalyOf } from '../metering/model/anomaly-codes.ts';
import { ownTimeOf } from '../metering/points/charger-time.ts';
import { isOurStop } from './is-our-stop.ts';
import { withoutPresented } from './present-token.ts';
import type { Session, SessionStart, SessionStop } from './session.ts';
import { isInPart, type TransactionPart } from './transaction-part.ts';

/** True if the stop that a session has is its own: the charger said it in the part of the session, or it is ours. */
export const isStopInPart = (session: Session, part: TransactionPart): boolean => {
  const { stop, timeZone } = session;
  return stop === undefined || isOurStop(stop) || isInPart(part, timeOf(stop, timeZone));
};

const timeOf = ({ endedAt, receivedAt }: SessionStop, timeZone: string): string =>
  ownTimeOf(endedAt, Date.parse(receivedAt), timeZone);

/** True for an anomaly by a message of another session of the transaction's id, which had come before the start of that one. */
const isOfOther = ({ code, ref }: Anomaly, { timeZone }: Session, part: TransactionPart): boolean =>
  // A stop that is a second one in its part, too, is noted again when it is applied to the session.
  code === 'SECOND_STOP' ||
  (code === 'SECOND_START' && ref !== undefined && !isInPart(part, ownTimeOf(ref, 0, timeZone)));

/** The notes about starts that go on with a session, from the one before it, to which they seemed to belong until its own start came. */
export const startsIn = (before: Session, part: TransactionPart): readonly Anomaly[] =>
  before.anomalies.flatMap((anomaly) => {
    const { code, ref } = anomaly;
    if (ref === undefined || !isInPart(part, ownTimeOf(ref, 0, before.timeZone))) return [];
    if (code === 'SECOND_START') return [anomaly];
    return code === 'LATE_START' ? [anomalyOf('SECOND_START', ref)] : [];
  });

/** A session of which only what is in its part counts. What the charger said in the part and the session has not is applied to it then. */
export const divideSession = (session: Session, part: TransactionPart): Session => {
  // Like the notes of second stops: those in the part are applied again.
  const { stop, start, stopRegisters: _registers, ...others } = session;
  return {
    ...others,
    part,
    ...(start && { start: startIn(start, part) }),
    ...(stop && isStopInPart(session, part) && { stop }),
    anomalies: session.anomalies.filter((anomaly) => !isOfOther(anomaly, session, part)),
  };
};

/** A start without the token of another session. */
const startIn = (start: SessionStart, part: TransactionPart): SessionStart =>
  start.tokenAt === undefined || isInPart(part, start.tokenAt) ? start : withoutPresented(start);
