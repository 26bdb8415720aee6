import type { ConnectorRef } from '../../core/charger/connector-ref.ts';
import { pastTimeOf } from '../../core/metering/points/charger-time.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/** The connectors of sessions of OCPP 2.x, as their messages named them last. */
const known = new Map<string, ConnectorRef>();
const mostKnown = 2_000;

function remember(sessionId: string, { evseId, connectorId }: ConnectorRef): ConnectorRef {
  if (known.size >= mostKnown) known.clear();
  known.set(sessionId, { evseId, connectorId });
  return { evseId, connectorId };
}

/** The connector that a status is of, and the end of its session where that came before any message that named the connector. */
export type StatusPlace = ConnectorRef & { readonly endedAt?: string };

/**
 * The connector that a status is of: the one that its message names, or else that of the transaction which the message is about;
 * undefined where that is not known yet.
 */
export async function placeOfStatus(
  database: Database,
  message: MessageRecord,
): Promise<StatusPlace | undefined> {
  const { kind, evseId, connectorId, sessionId } = message;
  if (kind !== 'event' && kind !== 'stop') return message;
  if (evseId !== 0 && connectorId !== 0) return namedPlace(database, message);
  if (sessionId === undefined) return undefined;
  const remembered = known.get(sessionId);
  if (remembered !== undefined) return remembered;
  const session = (await readSession(database, sessionId))?.session;
  // Which of several sessions of the transaction's id a status is of is not looked for.
  if (session === undefined || session.evseId === 0 || session.part !== undefined) return undefined;
  return remember(sessionId, session);
}

/** The end of a session may have come before the message that names its connector first. */
async function namedPlace(database: Database, message: MessageRecord): Promise<StatusPlace> {
  const { kind, sessionId } = message;
  if (kind !== 'event' || sessionId === undefined) return message;
  const isKnown = known.has(sessionId);
  const place = remember(sessionId, message);
  if (isKnown) return place;
  const stop = (await readSession(database, sessionId, true))?.session.stop;
  return stop === undefined
    ? place
    : { ...place, endedAt: pastTimeOf(stop.endedAt, Date.parse(stop.receivedAt)) };
}
