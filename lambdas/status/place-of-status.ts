import type { ConnectorRef } from '../../core/charger/connector-ref.ts';
import { pastTimeOf } from '../../core/metering/points/charger-time.ts';
import type { Session } from '../../core/session/session.ts';
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
  const session = (await readSession(database, sessionId, kind === 'event'))?.session;
  // Which of several sessions of the transaction's id a status is of is not looked for.
  if (session === undefined || session.evseId === 0 || session.part !== undefined) return undefined;
  return kind === 'stop' ? remember(sessionId, session) : placeIn(session, session);
}

/** The end of a session may have come before the message that names its connector first. */
async function namedPlace(database: Database, message: MessageRecord): Promise<StatusPlace> {
  const { kind, sessionId } = message;
  if (kind !== 'event' || sessionId === undefined) return message;
  if (known.has(sessionId)) return remember(sessionId, message);
  const session = (await readSession(database, sessionId, true))?.session;
  return placeIn(session ?? { sessionId }, message);
}

/**
 * A session that has ended is not remembered: what is done with its end may fail, or another message of it be read at the same time, and whoever
 * finds it remembered would not note the end.
 */
function placeIn(
  { sessionId, stop }: Pick<Session, 'sessionId' | 'stop'>,
  { evseId, connectorId }: ConnectorRef,
): StatusPlace {
  const place = { evseId, connectorId };
  return stop === undefined
    ? remember(sessionId, place)
    : { ...place, endedAt: pastTimeOf(stop.endedAt, Date.parse(stop.receivedAt)) };
}
