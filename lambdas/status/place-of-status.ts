import type { ConnectorRef } from '../../core/charger/connector-ref.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/** The connectors of sessions of OCPP 2.x, each of which stays where it is. */
const known = new Map<string, ConnectorRef>();
const mostKnown = 2_000;

/**
 * The connector that a status is of: the one that its message names, or else that of the transaction which the message is about;
 * undefined where that is not known yet.
 */
export async function placeOfStatus(
  database: Database,
  message: MessageRecord,
): Promise<ConnectorRef | undefined> {
  const { kind, evseId, sessionId } = message;
  if (kind !== 'event' || evseId !== 0) return message;
  if (sessionId === undefined) return undefined;
  const remembered = known.get(sessionId);
  if (remembered !== undefined) return remembered;
  const session = (await readSession(database, sessionId))?.session;
  if (session === undefined || session.evseId === 0) return undefined;
  if (known.size >= mostKnown) known.clear();
  const place = { evseId: session.evseId, connectorId: session.connectorId };
  known.set(sessionId, place);
  return place;
}
