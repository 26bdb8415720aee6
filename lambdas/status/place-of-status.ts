import type { ConnectorRef } from '../../core/charger/connector-ref.ts';
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

/**
 * The connector that a status is of: the one that its message names, or else that of the transaction which the message is about;
 * undefined where that is not known yet.
 */
export async function placeOfStatus(
  database: Database,
  message: MessageRecord,
): Promise<ConnectorRef | undefined> {
  const { kind, evseId, connectorId, sessionId } = message;
  if (kind !== 'event' && kind !== 'stop') return message;
  if (evseId !== 0 && connectorId !== 0) {
    if (sessionId !== undefined && known.has(sessionId)) remember(sessionId, message);
    return message;
  }
  if (sessionId === undefined) return undefined;
  const remembered = known.get(sessionId);
  if (remembered !== undefined) return remembered;
  const session = (await readSession(database, sessionId))?.session;
  // Which of several sessions of the transaction's id a status is of is not looked for.
  if (session === undefined || session.evseId === 0 || session.part !== undefined) return undefined;
  return remember(sessionId, session);
}
