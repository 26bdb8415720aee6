import type { Session } from '../../core/session/session.ts';
import { isoTimeOf } from '../edge/iso-time-of.ts';
import type { Database } from './client.ts';
import { type KeptReading, readConnectorReadings, readSessionReadings } from './readings.ts';
import type { StoredSession } from './session-item.ts';

/** What was kept of a session: what its CDR rests on, and what came too late for that. */
export type Evidence = {
  readonly counted: readonly KeptReading[];
  readonly late: readonly KeptReading[];
};

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

/** When the last word about a session had arrived: that of its stop, or of a start that came after it. */
const lastWordAt = ({ start, stop }: Session): string =>
  stop === undefined ? latest : laterOf(stop.receivedAt, start?.receivedAt);

/**
 * Reads everything a session rests on, by the charger's time: its transaction's own messages, and what its connector
 * reported without naming a transaction from the start to the stop. What arrived after the session had ended is `late`:
 * it does not count, so that the CDR is the same whenever it is made.
 */
export async function readEvidence(database: Database, stored: StoredSession): Promise<Evidence> {
  const [own, connector] = await Promise.all([
    readSessionReadings(database, stored.session.sessionId),
    connectorReadings(database, stored),
  ]);
  const all = [...own, ...connector].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const end = lastWordAt(stored.session);
  return {
    counted: all.filter(({ receivedAt }) => receivedAt <= end),
    late: all.filter(({ receivedAt }) => receivedAt > end),
  };
}
