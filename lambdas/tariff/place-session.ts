import { type ConnectorRef, firstConnectorOf } from '../../core/charger/connector-ref.ts';
import { pastTimeOf } from '../../core/metering/points/charger-time.ts';
import { placesBetter } from '../../core/session/apply-session-event.ts';
import type { Session } from '../../core/session/session.ts';
import type { SessionEvent } from '../../core/session/session-event.ts';
import { forgetSessionTerms } from '../billing/session-terms.ts';
import { type Opened, openSessionOn } from '../store/chargers/connectors.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import { applyToSession } from '../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';

const supersededBy = (
  { start }: Session,
  { laterSessionId: by, laterStartedAt: endedAt }: Opened,
): readonly SessionEvent[] =>
  by === undefined || endedAt === undefined || start === undefined
    ? []
    : [{ kind: 'superseded', by, endedAt, receivedAt: start.receivedAt }];

/**
 * Gives a session its place that began before its EVSE was known, or of an EVSE without its connector, from the messages that name
 * it. For all others, which most are, nothing is written.
 */
export async function placeSession(
  database: Database,
  stored: StoredSession,
  messages: readonly MessageRecord[],
): Promise<'placed' | 'unchanged'> {
  const { session, chargerKey } = stored;
  const { sessionId, start, timeZone } = session;
  const place = messages
    .map(firstConnectorOf)
    .reduce<ConnectorRef>((best, one) => (placesBetter(best, one) ? one : best), session);
  if (!placesBetter(session, place) || start === undefined) return 'unchanged';
  const startedAt = pastTimeOf(start.startedAt, Date.parse(start.receivedAt), timeZone);
  const connector = { evseId: place.evseId, connectorId: place.connectorId };
  const opened = await openSessionOn(database, chargerKey, connector, { sessionId, startedAt });
  const { previousSessionId } = opened;
  const event = {
    kind: 'placed',
    place: connector,
    ...(previousSessionId === undefined ? {} : { previousSessionId }),
  } as const;
  await applyToSession(database, stored, event, stored);
  for (const later of supersededBy(session, opened)) {
    await applyToSession(database, stored, later, undefined);
  }
  forgetSessionTerms(sessionId);
  return 'placed';
}
