import type { Session } from '../../core/session/session.ts';
import { instant, isoInstant } from '../../core/units/instant.ts';
import { readCharger } from '../store/chargers/chargers.ts';
import { readConnection } from '../store/chargers/connections.ts';
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
  /** The session before it on its connector. */
  readonly previous: Session | undefined;
};

/**
 * The last time, ISO 8601 in UTC, at which a charger was connected between the date of a start and 15 minutes before that start came: it
 * would have sent the start by then. A start that is dated before its charger was registered cannot have waited for a connection
 * to us. `undefined` where the charger was away, or where it is not known to have connected before.
 */
export async function connectedBefore(
  database: Database,
  { chargerKey, startedAt, receivedAt, previous }: LateStart,
): Promise<string | undefined> {
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
  if (!isKnown || latest <= from) return undefined;
  const away = spans.find((span) => span.from <= latest && latest < span.to);
  const last = away === undefined ? latest : away.from;
  return last > from + slow ? isoInstant(last) : undefined;
}
