import type { DecodedMessage } from '../../core/cdr/compute/cdr-rules.ts';
import type { ConnectorStatus } from '../../core/charger/connector-status.ts';
import { loadDecoder } from '../../core/ocpp/load-decoder.ts';
import {
  type MessageRecord,
  readLastOfConnector,
  readLastOfSession,
} from '../store/readings/readings.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';

/** The states that a connector has in a transaction alone (OCPP 1.6 section 4.9). */
const transactionStates: ReadonlySet<ConnectorStatus> = new Set([
  'charging',
  'suspended-by-vehicle',
  'suspended-by-charger',
] as const);

/** How many of the latest messages are read: the one received last is among them. */
const latestOwn = 25;
const latestOfConnector = 100;

const showsTransaction = ({ states }: DecodedMessage): boolean =>
  states.some(({ status }) => transactionStates.has(status));

const receivedAt = ({ keptAt, receivedAt: received }: MessageRecord): string => keptAt ?? received;

/**
 * Time of the last sign of an active session by our clock, ISO 8601 in UTC: its start, a message of its
 * transaction, or a state of its connector that only a transaction has. A charger that comes back and reports a free
 * connector says nothing about it. Meter values without a transaction count where the charger never names one.
 */
export async function lastActivityAt(database: Database, stored: StoredSession): Promise<string> {
  const { session, chargerKey, keptAt } = stored;
  const { start } = session;
  const [own, connector] = await Promise.all([
    readLastOfSession(database, session, latestOwn),
    readLastOfConnector(database, chargerKey, session, latestOfConnector),
  ]);
  const decode = await loadDecoder(connector.map(({ protocol }) => protocol));
  const begun = start?.receivedAt ?? '';
  const ofConnector = connector.filter(
    (reading) =>
      receivedAt(reading) >= begun &&
      (reading.kind === 'status'
        ? showsTransaction(decode(reading.protocol, reading))
        : own.length === 0),
  );
  const words = [begun, keptAt ?? '', ...[...own, ...ofConnector].map(receivedAt)];
  return words.sort().at(-1) ?? begun;
}
