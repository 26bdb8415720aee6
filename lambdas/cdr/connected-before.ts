import type { Session } from '../../core/session/session.ts';
import { type Instant, instant, isoInstant } from '../../core/units/instant.ts';
import type { Span } from '../../core/uptime/span.ts';
import { readCharger } from '../store/chargers/chargers.ts';
import { type Connection, readConnection } from '../store/chargers/connections.ts';
import { readOffline } from '../store/monitoring/offline-spans.ts';
import type { Database } from '../store/table/client.ts';

const minute = 60_000n;

/** So long after it connected a charger may still send what it kept, and so long the end of a connection may go unnoticed, in ms: 15 minutes. */
const slow = 15n * minute;

const timeOf = (iso: string) => instant(BigInt(Date.parse(iso)));

/** A start that came long after its date. Times are ISO 8601 in UTC. */
type LateStart = {
  readonly chargerKey: string;
  readonly startedAt: string;
  readonly receivedAt: string;
  /** When the stop of its session was received. */
  readonly stopReceivedAt: string;
  /** The session before it on its connector. */
  readonly previous: Session | undefined;
};

/**
 * The end of the last time, until `latest`, for which a charger was connected so long that it sent what it had kept. One that ended by then may
 * have ended earlier than it was noticed.
 */
function lastConnected(
  spans: readonly Span[],
  from: Instant,
  latest: Instant,
): Instant | undefined {
  const away = spans.filter((span) => span.from <= latest);
  const ends = [...away.map((span) => span.from), latest];
  return ends.findLast((end, n) => {
    const back = away[n - 1]?.to;
    if (back === undefined) return end > from + slow;
    return n === away.length ? end >= back : end > back + slow + slow;
  });
}

/**
 * Whether a charger came back just before all of a session was heard: its absence is noted meanwhile, and may not have been yet.
 */
const isJustBack = (
  connection: Connection | undefined,
  spans: readonly Span[],
  { receivedAt, stopReceivedAt }: LateStart,
): boolean => {
  if (connection === undefined) return false;
  const back = timeOf(connection.connectedAt);
  return (
    back <= timeOf(receivedAt) &&
    back > timeOf(stopReceivedAt) - slow &&
    spans.every(({ to }) => to !== back)
  );
};

/**
 * The last time, ISO 8601 in UTC, at which a charger was connected, for long enough, between the date of a start and 15 minutes before that start
 * came: it would have sent the start by then. A start that is dated before its charger was registered cannot have waited for a connection
 * to us. `undefined` where the charger was away, or where it is not known to have connected before.
 */
export async function connectedBefore(
  database: Database,
  late: LateStart,
): Promise<string | undefined> {
  const { chargerKey, startedAt, receivedAt, previous } = late;
  const [from, received] = [timeOf(startedAt), timeOf(receivedAt)];
  const [charger, connection, spans] = await Promise.all([
    readCharger(database, chargerKey),
    readConnection(database, chargerKey),
    readOffline(database, chargerKey, { from, to: received }),
  ]);
  const { createdAt = receivedAt, commissionedAt = createdAt } = charger ?? {};
  const isRegistered = createdAt <= startedAt || createdAt >= receivedAt;
  if (!isRegistered && commissionedAt > startedAt) return createdAt;
  const isKnown =
    spans.some((span) => span.from < received) ||
    (previous?.start !== undefined && previous.start.receivedAt < startedAt) ||
    (connection !== undefined && connection.connectedAt <= startedAt);
  const latest = instant(received - slow);
  if (!isKnown || isJustBack(connection, spans, late)) return undefined;
  const last = lastConnected(spans, from, latest);
  return last && isoInstant(last);
}
