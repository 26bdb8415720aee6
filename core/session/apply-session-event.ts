import { type ConnectorRef, isSameConnector, wholeCharger } from '../charger/connector-ref.ts';
import type { Anomaly } from '../metering/model/anomaly.ts';
import { anomalyOf } from '../metering/model/anomaly-codes.ts';
import { sortAnomalies } from '../metering/model/sort-anomalies.ts';
import { ownTimeOf } from '../metering/points/charger-time.ts';
import { billByReadings } from './bill-by-readings.ts';
import { reusedId, sameStart, sameStop, secondStart, secondStop } from './compare-ends.ts';
import { divideSession } from './divide-session.ts';
import { isOurStop } from './is-our-stop.ts';
import { joinTokens, noToken, presentToken } from './present-token.ts';
import type { Session, SessionStart, SessionState, SessionStop } from './session.ts';
import {
  abandonedReason,
  endedByOperatorReason,
  type SessionAbandoned,
  type SessionEndedByOperator,
  type SessionEvent,
  type SessionIdentity,
  type SessionPlaced,
  type SessionStarted,
  type SessionStopped,
  type SessionSuperseded,
  type SessionTokenPresented,
  stopMissingReason,
  supersededReason,
  unreadableReason,
} from './session-event.ts';
import { stopRegistersOf } from './stop-registers.ts';
import { withTariffOfPlace } from './with-tariff-of-place.ts';

/**
 * The session after an event: the same whatever order the events come in and however often they repeat. A stop
 * that is there already changes nothing, not even when a copy of it was received earlier but got here later: its CDR
 * may be sealed by then.
 * A stop may come before its start; of two different starts or stops the one that we received first counts, the
 * other stays visible as an anomaly. A real stop replaces one that we assigned: where a newer
 * session began, nothing was heard for long, an operator ended it, or the stop that came cannot be read.
 * Answers `undefined` only when a session that never was is superseded or abandoned.
 */
export const applySessionEvent = (
  session: Session | undefined,
  event: SessionEvent,
): Session | undefined => {
  switch (event.kind) {
    case 'started':
      return settle(withTariffOfPlace(withNoticed(started(session, event), event)));
    case 'stopped':
      return settle(
        withTariffOfPlace(
          stopped(session ?? { ...newSession(event.identity), ...event.fixed }, event),
        ),
      );
    case 'superseded':
      return session && settle(endedByUs(session, event, supersededReason));
    case 'abandoned':
      return session && settle(endedByUs(session, event, abandonedReason));
    case 'stopMissing':
      return session && settle(billByReadings(session, event));
    case 'endedByOperator':
      return session && settle(endedByHand(session, event));
    case 'tokenPresented':
      return session && settle(withToken(session, event));
    case 'placed':
      return session && withTariffOfPlace(placed(session, event));
    case 'divided':
      return session && settle(divideSession(session, event.part));
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
  if (session.start === undefined) {
    // Facts of the charger as of the start replace those that the stop brought, also where the start has none.
    const { tariffId: _tariff, maxPowerW: _power, ...stoppedBefore } = session;
    return { ...stoppedBefore, ...identity, ...betterPlace(session, identity), ...fixed, start };
  }
  if (sameStart(session.start, start)) {
    const [counts, same] =
      firstReceived(session.start, start) === start
        ? [start, session.start]
        : [session.start, start];
    return { ...session, start: joinTokens(counts, same) };
  }
  const first = beginOf(session.start, start, identity.timeZone);
  const other = first === start ? session.start : start;
  const { tariffs: _tariffs, ...others } = session;
  const facts =
    first === start
      ? { ...others, ...identity, ...betterPlace(session, identity), ...fixed }
      : session;
  return {
    ...facts,
    start: first,
    anomalies: outcome(session, first, other, secondStart),
  };
};

/** The start that counts of two of one transaction: one that only goes on with it never does, and of two such the earlier one. */
const beginOf = (a: SessionStart, b: SessionStart, timeZone: string): SessionStart => {
  if (a.isContinued !== b.isContinued) return a.isContinued === true ? b : a;
  if (a.isContinued !== true) return firstReceived(a, b);
  const [timeOfA, timeOfB] = [a, b].map(({ startedAt, receivedAt }) =>
    ownTimeOf(startedAt, Date.parse(receivedAt), timeZone),
  );
  if (timeOfA === undefined || timeOfB === undefined || timeOfA === timeOfB) {
    return firstReceived(a, b);
  }
  return timeOfA < timeOfB ? a : b;
};

/** Adds what was noticed about a start that counts, once. */
const withNoticed = (session: Session, { start, anomalies = [] }: SessionStarted): Session => {
  if (session.start === undefined || !sameStart(session.start, start)) return session;
  const known = new Set(session.anomalies.map(textOf));
  const noticed = anomalies.filter((anomaly) => !known.has(textOf(anomaly)));
  return noticed.length === 0
    ? session
    : { ...session, anomalies: [...session.anomalies, ...noticed] };
};

const stopped = (session: Session, event: SessionStopped): Session => {
  const { stop, identity } = event;
  const place = betterPlace(identity, session);
  if (session.stop === undefined || isOurStop(session.stop)) return { ...session, ...place, stop };
  if (sameStop(session.stop, stop)) return session;
  const first = firstReceived(session.stop, stop);
  const other = first === stop ? session.stop : stop;
  const { tariffId: _other, ...rest } = session;
  const standing =
    session.start === undefined && first === stop ? { ...rest, ...event.fixed } : session;
  const stopRegisters = stopRegistersOf(session.stopRegisters, session.stop, stop);
  return {
    ...standing,
    stop: first,
    ...(stopRegisters && { stopRegisters }),
    anomalies: outcome(session, first, other, secondStop),
  };
};

const isUnplaced = (place: ConnectorRef): boolean => isSameConnector(place, wholeCharger);

/** Of two connectors of one EVSE the first counts only where no other was named: a message may name the EVSE alone. */
const isNamedBetter = (known: ConnectorRef, said: ConnectorRef): boolean =>
  said.evseId === known.evseId && said.connectorId > known.connectorId;

/** Where a session is by what an event says, unless that is nothing, or less than was known before. */
const betterPlace = (known: ConnectorRef, said: ConnectorRef): ConnectorRef => {
  const isKnown = isUnplaced(said) || isNamedBetter(said, known);
  const { evseId, connectorId } = isKnown ? known : said;
  return { evseId, connectorId };
};

/** True if a place says more of where a session is than is known: anything at all, or which connector of its EVSE. */
export const placesBetter = (session: ConnectorRef, place: ConnectorRef): boolean =>
  place.evseId > 0 && (isUnplaced(session) || isNamedBetter(session, place));

const placed = (session: Session, { place, previousSessionId }: SessionPlaced): Session =>
  placesBetter(session, place)
    ? {
        ...session,
        ...betterPlace(session, place),
        ...(previousSessionId === undefined ? {} : { previousSessionId }),
      }
    : session;

const withToken = (session: Session, { token }: SessionTokenPresented): Session =>
  session.start === undefined ? session : { ...session, start: presentToken(session.start, token) };

/** The ends of ours that no other of ours replaces. */
const finalReasons: ReadonlySet<string> = new Set([stopMissingReason, endedByOperatorReason]);

/** Only a session that runs is ended by hand, and the first who ends it does. */
const endedByHand = (
  session: Session,
  { endedAt, receivedAt, byHand }: SessionEndedByOperator,
): Session =>
  session.stop === undefined
    ? { ...session, stop: { endedAt, receivedAt, reason: endedByOperatorReason, byHand } }
    : session;

const endedByUs = (
  session: Session,
  { endedAt, receivedAt }: SessionSuperseded | SessionAbandoned,
  reason: string,
): Session => {
  const stop: SessionStop = { endedAt, receivedAt, reason };
  if (session.stop === undefined) return { ...session, stop };
  if (!isOurStop(session.stop) || finalReasons.has(session.stop.reason)) return session;
  return { ...session, stop: firstReceived(session.stop, stop) };
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

/** The one we received first; at the same millisecond the text decides, so that every order gives the same. */
const firstReceived = <Fact extends { readonly receivedAt: string }>(a: Fact, b: Fact): Fact => {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? a : b;
  return textOf(a) <= textOf(b) ? a : b;
};

const textOf = (fact: object): string => JSON.stringify(Object.entries(fact).sort());

/** State and the anomalies of a missing start or stop follow from the facts and are not kept as history. */
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
  'SESSION_ABANDONED',
  'STOP_MISSING',
  'ENDED_BY_OPERATOR',
  'STOP_UNREADABLE',
  'TOKEN_NOT_ACCEPTED',
  'TRANSACTION_ID_REUSED',
]);

const stateOf = (session: Session): SessionState => {
  if (session.state === 'void') return 'void';
  return session.stop === undefined ? 'active' : 'ended';
};

const tokenDetail = (answered: string): string =>
  answered === noToken ? 'Nobody has presented one.' : `We answered ${answered}.`;

const derivedAnomalies = (session: Session): readonly Anomaly[] => [
  ...(session.part === undefined ? [] : [reusedId(session)]),
  ...anomaliesOfEnds(session),
];

const anomaliesOfEnds = ({ start, stop }: Session): readonly Anomaly[] => [
  ...(start === undefined ? [anomalyOf('STOP_WITHOUT_START', stop?.endedAt)] : []),
  ...(stop?.reason === supersededReason ? [anomalyOf('SESSION_SUPERSEDED', stop.endedAt)] : []),
  ...(stop?.reason === abandonedReason ? [anomalyOf('SESSION_ABANDONED', stop.endedAt)] : []),
  ...(stop?.reason === stopMissingReason ? [anomalyOf('STOP_MISSING', stop.endedAt)] : []),
  ...(stop?.reason === endedByOperatorReason ? [anomalyOf('ENDED_BY_OPERATOR', stop.endedAt)] : []),
  ...(stop?.reason === unreadableReason ? [anomalyOf('STOP_UNREADABLE', stop.endedAt)] : []),
  ...(start !== undefined && start.authorization !== 'Accepted'
    ? [anomalyOf('TOKEN_NOT_ACCEPTED', start.startedAt, tokenDetail(start.authorization))]
    : []),
];
