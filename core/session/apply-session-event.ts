import type { Anomaly } from '../metering/anomaly.ts';
import { anomalyOf } from '../metering/anomaly-codes.ts';
import { sortAnomalies } from '../metering/sort-anomalies.ts';
import type { Session, SessionStart, SessionState, SessionStop } from './session.ts';
import {
  type SessionEvent,
  type SessionIdentity,
  type SessionStarted,
  type SessionStopped,
  type SessionSuperseded,
  supersededReason,
} from './session-event.ts';

/**
 * What a session is after an event: the same whatever order the events come in and however often they repeat. A stop
 * that is there already changes nothing, not even when a copy of it was received earlier but got here later: its CDR
 * may be sealed by then.
 * A stop may come before its start; of two different starts or stops the one that we received first counts, the
 * other stays visible as an anomaly. A real stop replaces the one that a newer session stood in for.
 * Answers `undefined` only when a session that never was is superseded.
 */
export const applySessionEvent = (
  session: Session | undefined,
  event: SessionEvent,
): Session | undefined => {
  switch (event.kind) {
    case 'started':
      return settle(started(session, event));
    case 'stopped':
      return settle(stopped(session ?? newSession(event.identity), event));
    case 'superseded':
      return session && settle(superseded(session, event));
    default:
      return event satisfies never;
  }
};

const newSession = (identity: SessionIdentity): Session => ({
  ...identity,
  state: 'active',
  anomalies: [],
});

const started = (session: Session | undefined, event: SessionStarted): Session => {
  const { identity, start, fixed } = event;
  if (session === undefined) return { ...newSession(identity), ...fixed, start };
  if (session.start === undefined) return { ...session, ...identity, ...fixed, start };
  if (sameStart(session.start, start)) {
    return { ...session, start: firstReceived(session.start, start) };
  }
  const first = firstReceived(session.start, start);
  const other = first === start ? session.start : start;
  const facts = first === start ? { ...identity, ...fixed } : {};
  return {
    ...session,
    ...facts,
    start: first,
    anomalies: outcome(session, first, other, secondStart),
  };
};

const stopped = (session: Session, event: SessionStopped): Session => {
  const { stop } = event;
  if (session.stop === undefined || session.stop.reason === supersededReason) {
    return { ...session, stop };
  }
  if (sameStop(session.stop, stop)) return session;
  const first = firstReceived(session.stop, stop);
  const other = first === stop ? session.stop : stop;
  return { ...session, stop: first, anomalies: outcome(session, first, other, secondStop) };
};

const superseded = (session: Session, event: SessionSuperseded): Session => {
  const { endedAt, receivedAt } = event;
  const stop: SessionStop = { endedAt, receivedAt, reason: supersededReason };
  if (session.stop !== undefined && session.stop.reason !== supersededReason) return session;
  return { ...session, stop: session.stop ? firstReceived(session.stop, stop) : stop };
};

/** Tells of the fact that lost, and no longer of the one that now counts. */
const outcome = <Fact>(
  session: Session,
  counts: Fact,
  lost: Fact,
  tell: (fact: Fact) => Anomaly,
): readonly Anomaly[] => {
  const untold = textOf(tell(counts));
  return [...session.anomalies.filter((anomaly) => textOf(anomaly) !== untold), tell(lost)];
};

const secondStart = ({ startedAt, meterStart, tokenId }: SessionStart): Anomaly =>
  anomalyOf('SECOND_START', startedAt, detailOf(meterStart, tokenId));

const secondStop = ({ endedAt, meterStop, reason }: SessionStop): Anomaly =>
  anomalyOf('SECOND_STOP', endedAt, detailOf(meterStop, reason));

const detailOf = (register: number | undefined, word: string): string =>
  `The other one says ${register === undefined ? 'no register' : `${register} Wh`}, ${word}.`;

const sameStart = (a: SessionStart, b: SessionStart): boolean =>
  a.startedAt === b.startedAt &&
  a.meterStart === b.meterStart &&
  a.tokenId.toUpperCase() === b.tokenId.toUpperCase();

const sameStop = (a: SessionStop, b: SessionStop): boolean =>
  a.endedAt === b.endedAt &&
  a.meterStop === b.meterStop &&
  a.reason === b.reason &&
  a.tokenId === b.tokenId;

/** The one we received first; at the same millisecond the text decides, so that every order gives the same. */
const firstReceived = <Fact extends { readonly receivedAt: string }>(a: Fact, b: Fact): Fact => {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? a : b;
  return textOf(a) <= textOf(b) ? a : b;
};

const textOf = (fact: object): string => JSON.stringify(Object.entries(fact).sort());

/** What follows from the facts is not kept as history: state and the anomalies of a missing start or stop. */
const settle = (session: Session): Session => ({
  ...session,
  state: stateOf(session),
  anomalies: sortAnomalies([
    ...session.anomalies.filter(({ code }) => !derivedCodes.has(code)),
    ...derivedAnomalies(session),
  ]),
});

const derivedCodes: ReadonlySet<string> = new Set([
  'STOP_WITHOUT_START',
  'SESSION_SUPERSEDED',
  'TOKEN_NOT_ACCEPTED',
]);

const stateOf = (session: Session): SessionState => {
  if (session.state === 'void') return 'void';
  return session.stop === undefined ? 'active' : 'ended';
};

const derivedAnomalies = ({ start, stop }: Session): readonly Anomaly[] => [
  ...(start === undefined ? [anomalyOf('STOP_WITHOUT_START', stop?.endedAt)] : []),
  ...(stop?.reason === supersededReason ? [anomalyOf('SESSION_SUPERSEDED', stop.endedAt)] : []),
  ...(start !== undefined && start.authorization !== 'Accepted'
    ? [anomalyOf('TOKEN_NOT_ACCEPTED', start.startedAt, `We answered ${start.authorization}.`)]
    : []),
];
