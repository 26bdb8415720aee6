import { type ConnectorRef, firstConnectorOf } from '../../core/charger/connector-ref.ts';
import { pastTimeOf } from '../../core/metering/points/charger-time.ts';
import { mayStartWithoutPlace } from '../../core/ocpp/protocol.ts';
import { placesBetter } from '../../core/session/apply-session-event.ts';
import type { Session } from '../../core/session/session.ts';
import type { SessionEvent } from '../../core/session/session-event.ts';
import { isInPart } from '../../core/session/transaction-part.ts';
import { type Opened, openSessionOn } from '../store/chargers/open-session-on.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import { applyToSession } from '../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { forgetSessionTerms } from './session-terms.ts';

const supersededBy = (
  { start }: Session,
  { laterSessionId: by, laterStartedAt: endedAt }: Opened,
): readonly SessionEvent[] =>
  by === undefined || endedAt === undefined || start === undefined
    ? []
    : [{ kind: 'superseded', by, endedAt, receivedAt: start.receivedAt }];

/** Whether a message may name the place of a session that began without one. */
export const mayPlace = ({ protocol, evseId }: MessageRecord): boolean =>
  protocol !== 'push' && mayStartWithoutPlace(protocol) && evseId > 0;

/** The place of a session by messages of it; undefined where they say no more of it than is known. */
export function placeNamedIn(
  { session }: StoredSession,
  messages: readonly MessageRecord[],
): ConnectorRef | undefined {
  const { start, part } = session;
  const place = messages
    .filter((one) => mayPlace(one) && (part === undefined || isInPart(part, one.at)))
    .map(firstConnectorOf)
    .reduce<ConnectorRef>((best, one) => (placesBetter(best, one) ? one : best), session);
  if (!placesBetter(session, place) || start === undefined) return undefined;
  return { evseId: place.evseId, connectorId: place.connectorId };
}

/** Gives a session its place that began before its EVSE was known, or of an EVSE without its connector, once a message names it. */
export async function placeSession(
  database: Database,
  stored: StoredSession,
  place: ConnectorRef,
): Promise<void> {
  const { session, chargerKey } = stored;
  const { sessionId, start, timeZone } = session;
  if (start === undefined) return;
  const startedAt = pastTimeOf(start.startedAt, Date.parse(start.receivedAt), timeZone);
  const opened = await openSessionOn(database, chargerKey, place, { sessionId, startedAt });
  const { previousSessionId } = opened;
  const event = {
    kind: 'placed',
    place,
    ...(previousSessionId === undefined ? {} : { previousSessionId }),
  } as const;
  await applyToSession(database, stored, event, stored);
  for (const later of supersededBy(session, opened)) {
    await applyToSession(database, stored, later, undefined);
  }
  forgetSessionTerms(sessionId);
}
