import { ownTimeOf, reportTimeOf } from '../metering/points/charger-time.ts';
import { isOurStop } from '../session/is-our-stop.ts';
import type { Session } from '../session/session.ts';
import type { CdrDecision } from './compute/cdr-decision.ts';
import type { StoredMessage } from './model/stored-message.ts';

/** A stored message as far as it matters whether it counts for the CDR of its session. */
export type EvidenceMessage = Pick<StoredMessage, 'kind' | 'receivedAt'> & {
  /** The transaction that the message names; absent for one that its connector reported without naming any. */
  readonly sessionId?: string;
  /** The charger's time, ISO 8601 in UTC; the time of receipt where the charger gave none. */
  readonly at: string;
  /** When it was stored, ISO 8601 in UTC, where that was later than its receipt. */
  readonly keptAt?: string;
};

/** A session as far as it matters which messages count for its CDR. */
export type EvidenceSession = {
  readonly session: Pick<Session, 'start' | 'stop' | 'timeZone'>;
  /** When its latest start or stop that had to wait was stored, ISO 8601 in UTC. */
  readonly keptAt?: string;
  readonly decision?: Pick<CdrDecision, 'decidedAt'>;
  /** Messages stored until then count although they came after the end, ISO 8601 in UTC. */
  readonly lateUntil?: string;
};

/** Known facts about the messages that a CDR counted. */
export type CountedMessages<Message> = {
  /** True if the sealed CDR is based on a message; absent where no CDR is sealed, or too many messages were counted. */
  readonly isCounted?: (message: Message) => boolean;
  /** Everything stored until then counts, ISO 8601 in UTC. */
  readonly until?: string;
};

const latest = '9999';

const laterOf = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);

/**
 * The charger's times, both included and ISO 8601 in UTC, between which a connector's messages without a transaction
 * belong to a session: from its start to its stop. Undefined for a session without a start.
 */
export const connectorWindow = ({
  session: { start, stop, timeZone },
}: EvidenceSession): { readonly from: string; readonly to: string } | undefined => {
  if (start === undefined) return undefined;
  const from = reportTimeOf(start.startedAt, Date.parse(start.receivedAt), timeZone);
  return { from, to: stop === undefined ? latest : endTime(stop, timeZone) };
};

const endTime = ({ endedAt, receivedAt }: NonNullable<Session['stop']>, timeZone: string): string =>
  reportTimeOf(endedAt, Date.parse(receivedAt), timeZone);

/** When a message was stored, ISO 8601 in UTC. */
export const keptTime = ({ keptAt, receivedAt }: EvidenceMessage): string => keptAt ?? receivedAt;

/**
 * When the last event of a session was stored: its stop, a start that came after it, or the operator's decision, so that
 * everything stored when the operator decided counts.
 */
const lastEventAt = ({ session: { start, stop }, keptAt, decision }: EvidenceSession): string => {
  if (stop === undefined) return latest;
  return [start?.receivedAt, keptAt, decision?.decidedAt].reduce<string>(laterOf, stop.receivedAt);
};

/** The record of a pushed session, or the message of the stop that counts, on whichever connection it was stored first, and not that of another stop. */
const isOwnStop = (
  message: EvidenceMessage,
  { session: { stop, timeZone } }: EvidenceSession,
): boolean =>
  (message.kind === 'stop' || message.kind === 'pushed') &&
  message.sessionId !== undefined &&
  stop !== undefined &&
  message.at === ownTimeOf(stop.endedAt, Date.parse(stop.receivedAt), timeZone);

/** The message of a stop that comes to a session which ended by us; the session may take it over only afterwards. */
const replacesOurStop = (
  { sessionId }: EvidenceMessage,
  { session: { stop } }: EvidenceSession,
): boolean => sessionId !== undefined && stop !== undefined && isOurStop(stop);

/**
 * True if a message that came too late could still say something about its session: the message of another stop could
 * not, nor could a report of the connector at the very end.
 */
export const couldCount = (message: EvidenceMessage, stored: EvidenceSession): boolean => {
  if (message.kind === 'stop')
    return isOwnStop(message, stored) || replacesOurStop(message, stored);
  const { stop, timeZone } = stored.session;
  return (
    message.sessionId !== undefined || stop === undefined || message.at < endTime(stop, timeZone)
  );
};

/**
 * True if messages came too late for the CDR of a session. With a sealed CDR, those are the messages that it does not
 * are based on. Before that, they are the messages stored after the session's last event, unless they were admitted since.
 */
export const lateness = <Message extends EvidenceMessage>(
  stored: EvidenceSession,
  { isCounted, until: countedUntil }: CountedMessages<Message> = {},
): ((message: Message) => boolean) => {
  if (isCounted !== undefined) return (message) => !isCounted(message);
  const lastEvent = lastEventAt(stored);
  // After a decision not even a stop counts that looks like the one that replaced it.
  if (stored.decision !== undefined) return (message) => keptTime(message) > lastEvent;
  const until = countedUntil ?? stored.lateUntil ?? '';
  return (message) => {
    if (keptTime(message) <= lastEvent || isOwnStop(message, stored)) return false;
    return keptTime(message) > until || !couldCount(message, stored);
  };
};
