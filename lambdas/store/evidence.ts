import { createHash } from 'node:crypto';
import { isoTimeOf, ownTimeOf } from '../edge/iso-time-of.ts';
import type { Database } from './client.ts';
import { type KeptReading, readConnectorReadings, readSessionReadings } from './readings.ts';
import type { StoredSession } from './session-item.ts';

/** A message that was kept of a session; `late` when it came too late to count for its CDR. */
export type SessionReading = KeptReading & { readonly late: boolean };

const latest = '9999';

async function connectorReadings(
  database: Database,
  { session, chargerKey }: StoredSession,
): Promise<readonly KeptReading[]> {
  const { start, stop, connectorId } = session;
  if (start === undefined) return [];
  const from = isoTimeOf(start.startedAt, Date.parse(start.receivedAt));
  const to = stop === undefined ? latest : isoTimeOf(stop.endedAt, Date.parse(stop.receivedAt));
  return await readConnectorReadings(database, chargerKey, connectorId, from, to);
}

const laterOf = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);

/**
 * When the last word about a session was kept: that of its stop, or of a start that came after it. An operator who
 * decides has the last word: everything that was there by then counts.
 */
function lastWordAt({ session: { start, stop }, keptAt, decision }: StoredSession): string {
  if (decision !== undefined) return decision.decidedAt;
  if (stop === undefined) return latest;
  return laterOf(laterOf(stop.receivedAt, start?.receivedAt), keptAt);
}

/** Marks of the readings that a sealed CDR rests on take this many characters each: two in 10^10 are alike. */
const markLength = 6;

/** A session with more messages than this tells by time alone what its sealed CDR rests on: an item holds 400 KB. */
const mostMarks = 3_000;

const markOf = ({ sessionId, connectorId, key }: KeptReading): string =>
  createHash('sha256')
    .update(`${sessionId ?? connectorId}\n${key}`, 'utf8')
    .digest('base64url')
    .slice(0, markLength);

/** What is kept of the readings that a CDR rests on when it is sealed; undefined when they are too many. */
export const countedMarks = (readings: readonly KeptReading[]): string | undefined =>
  readings.length > mostMarks ? undefined : readings.map(markOf).join('');

function marksIn(counted: string): ReadonlySet<string> {
  const marks = new Set<string>();
  for (let at = 0; at < counted.length; at += markLength) {
    marks.add(counted.slice(at, at + markLength));
  }
  return marks;
}

/** The message of the stop that counts, on whichever connection it was kept first, and not that of another stop. */
const isOwnStop = (reading: KeptReading, { session: { stop } }: StoredSession): boolean =>
  reading.kind === 'stop' &&
  reading.sessionId !== undefined &&
  stop !== undefined &&
  reading.at === ownTimeOf(stop.endedAt, Date.parse(stop.receivedAt));

/** Tells what came too late: for a sealed CDR whatever it does not rest on, before that what came after the last word. */
function lateness(stored: StoredSession): (reading: KeptReading) => boolean {
  if (stored.counted !== undefined) {
    const counted = marksIn(stored.counted);
    return (reading) => !counted.has(markOf(reading));
  }
  const end = lastWordAt(stored);
  return (reading) => (reading.keptAt ?? reading.receivedAt) > end && !isOwnStop(reading, stored);
}

/**
 * Reads everything a session rests on, by the charger's time: its transaction's own messages, and what its connector
 * reported without naming a transaction from the start to the stop. What arrived after the session had ended
 * does not count, but for the message of the stop itself, so that the CDR is the same whenever it is made.
 */
export async function readEvidence(
  database: Database,
  stored: StoredSession,
): Promise<readonly KeptReading[]> {
  const readings = await readAllReadings(database, stored);
  return readings.filter(({ late }) => !late);
}

/** Reads everything that was kept of a session, what came too late included, by the charger's time. */
export async function readAllReadings(
  database: Database,
  stored: StoredSession,
): Promise<readonly SessionReading[]> {
  const [own, connector] = await Promise.all([
    readSessionReadings(database, stored.session.sessionId),
    connectorReadings(database, stored),
  ]);
  const all = [...own, ...connector].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const isLate = lateness(stored);
  return all.map((reading) => ({ ...reading, late: isLate(reading) }));
}
