import type { Session } from '../session/session.ts';
import { type SentStart, startsSession } from './starts-session.ts';

/** The session that each start began, by the place of its command. */
export type StartLinks = ReadonlyMap<string, string>;

const latestOf = ({ start }: Session): string =>
  [start?.receivedAt ?? '', start?.tokenAt ?? ''].toSorted()[1] ?? '';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const namesPlace = ({ request: { connector } }: SentStart): boolean =>
  connector !== undefined && connector.evseId > 0;

/** The likelier cause comes first: one that the charger accepted, one that names the connector, the latest one. */
const byLikelihood = (a: SentStart, b: SentStart): number =>
  Number(b.outcome?.kind === 'accepted') - Number(a.outcome?.kind === 'accepted') ||
  Number(namesPlace(b)) - Number(namesPlace(a)) ||
  compare(b.sentAt, a.sentAt) ||
  compare(b.sequence, a.sequence);

const once = <T>(all: readonly T[], idOf: (one: T) => string): readonly T[] => [
  ...new Map(all.map((one) => [idOf(one), one])).values(),
];

/** Links the sessions that a charger says it began for a start. */
function linkNamed(
  starts: readonly SentStart[],
  sessions: readonly Session[],
): Map<string, string> {
  const links = new Map<string, string>();
  for (const start of starts) {
    const own = sessions.find((session) => startsSession(start, session) === 'named');
    if (own !== undefined) links.set(start.sequence, own.sessionId);
  }
  return links;
}

/**
 * Links the starts of a charger with the sessions that they began, one with one: what the charger says, and otherwise by token, connector
 * and time, from the latest session back, as many as there can be. Neither order nor repetition of the arguments counts.
 */
export function linkStarts(
  allStarts: readonly SentStart[],
  allSessions: readonly Session[],
): StartLinks {
  const starts = once(allStarts, ({ sequence }) => sequence).toSorted(byLikelihood);
  const sessions = once(allSessions, ({ sessionId }) => sessionId).toSorted(
    (a, b) => compare(latestOf(a), latestOf(b)) || compare(a.sessionId, b.sessionId),
  );
  const links = linkNamed(starts, sessions);
  const named = new Set(links.values());
  const isNamed = new Set(links.keys());
  const free = starts.filter(({ sequence }) => !isNamed.has(sequence));
  const likelyFor = (session: Session): readonly SentStart[] =>
    free.filter((start) => startsSession(start, session) === 'likely');
  /** Gives a session a start that has none, or else one whose session can have another. */
  const link = (session: Session, tried: Set<string>): boolean => {
    const likely = likelyFor(session).filter(({ sequence }) => !tried.has(sequence));
    const [unlinked] = likely.filter(({ sequence }) => !links.has(sequence));
    const found =
      unlinked ??
      likely.find(({ sequence }) => {
        tried.add(sequence);
        const other = sessions.find(({ sessionId }) => sessionId === links.get(sequence));
        return other !== undefined && link(other, tried);
      });
    if (found !== undefined) links.set(found.sequence, session.sessionId);
    return found !== undefined;
  };
  for (const session of sessions.toReversed()) {
    if (!named.has(session.sessionId)) link(session, new Set());
  }
  return links;
}
