import { isoTimeOf, ownTimeOf } from '../../core/metering/points/charger-time.ts';
import type { CountedReadings } from './closed-running-view.ts';
import { isMarkedBy } from './reading-marks.ts';
import { type MessageRecord, readConnectorReadings, readSessionReadings } from './readings.ts';
import type { StoredSession } from './session-item.ts';
import type { Database } from './table/client.ts';

/** A message that was kept of a session; `late` when it came too late to count for its CDR. */
export type SessionMessage = MessageRecord & { readonly late: boolean };

const latest = '9999';

async function connectorReadings(
  database: Database,
  { session, chargerKey }: StoredSession,
): Promise<readonly MessageRecord[]> {
  const { start, stop } = session;
  if (start === undefined) return [];
  const from = isoTimeOf(start.startedAt, Date.parse(start.receivedAt));
  const to = stop === undefined ? latest : isoTimeOf(stop.endedAt, Date.parse(stop.receivedAt));
  return await readConnectorReadings(database, chargerKey, session, from, to);
}

const laterOf = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);

/**
 * When the last word about a session was kept: that of its stop, or of a start that came after it. An operator who
 * decides has the last word: everything that was there by then counts.
 */
function lastActivityAt({ session: { start, stop }, keptAt, decision }: StoredSession): string {
  if (stop === undefined) return latest;
  return [start?.receivedAt, keptAt, decision?.decidedAt].reduce<string>(laterOf, stop.receivedAt);
}

/** The message of the stop that counts, on whichever connection it was kept first, and not that of another stop. */
const isOwnStop = (reading: MessageRecord, { session: { stop } }: StoredSession): boolean =>
  reading.kind === 'stop' &&
  reading.sessionId !== undefined &&
  stop !== undefined &&
  reading.at === ownTimeOf(stop.endedAt, Date.parse(stop.receivedAt));

/** When a message was kept, ISO 8601 in UTC. */
export const keptTime = ({ keptAt, receivedAt }: MessageRecord): string => keptAt ?? receivedAt;

/**
 * Whether a message that came too late could still say something about its session: one of another stop does not, nor
 * what the connector reported of the very end.
 */
export function couldCount(reading: MessageRecord, stored: StoredSession): boolean {
  if (reading.kind === 'stop') return isOwnStop(reading, stored);
  const { stop } = stored.session;
  return (
    reading.sessionId !== undefined ||
    stop === undefined ||
    reading.at < isoTimeOf(stop.endedAt, Date.parse(stop.receivedAt))
  );
}

/**
 * Tells what came too late: for a sealed CDR whatever it does not rest on; before that what came after the last word,
 * but for what came late and was let count since.
 */
export function lateness(
  stored: StoredSession,
  counted: CountedReadings = {},
): (reading: MessageRecord) => boolean {
  if (counted.marks !== undefined) {
    const isCounted = isMarkedBy(counted.marks);
    return (reading) => !isCounted(reading);
  }
  const lastWord = lastActivityAt(stored);
  // After a decision not even a stop counts that looks like the one that stood in for it.
  if (stored.decision !== undefined) return (reading) => keptTime(reading) > lastWord;
  const until = counted.until ?? stored.lateUntil ?? '';
  return (reading) => {
    if (keptTime(reading) <= lastWord || isOwnStop(reading, stored)) return false;
    return keptTime(reading) > until || !couldCount(reading, stored);
  };
}

/**
 * Reads everything a session rests on, by the charger's time: its transaction's own messages, and what its connector
 * reported without naming a transaction from the start to the stop. What arrived after the session had ended
 * does not count, but for the message of the stop itself, so that the CDR is the same whenever it is made. Of a sealed
 * CDR it is asked no more.
 */
export async function readEvidence(
  database: Database,
  stored: StoredSession,
): Promise<readonly MessageRecord[]> {
  const readings = await readAllReadings(database, stored);
  return readings.filter(({ late }) => !late);
}

/**
 * Reads everything that was kept of a session, what came too late included, by the charger's time. For a sealed CDR
 * `counted` says what it rests on.
 */
export async function readAllReadings(
  database: Database,
  stored: StoredSession,
  counted?: CountedReadings,
): Promise<readonly SessionMessage[]> {
  const [own, connector] = await Promise.all([
    readSessionReadings(database, stored.session.sessionId),
    connectorReadings(database, stored),
  ]);
  const all = [...own, ...connector].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const isLate = lateness(stored, counted);
  return all.map((reading) => ({ ...reading, late: isLate(reading) }));
}
