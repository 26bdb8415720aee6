import { isoTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import type { Session, SessionStop } from '../../../core/session/session.ts';
import { normalizeTokenId } from '../../../core/token/normalize-token-id.ts';
import { storableRegister } from '../../billing/storable-register.ts';
import { connectorFrom, readChargerItems } from '../../store/chargers/connectors.ts';
import { readSessions } from '../../store/sessions/sessions.ts';
import type { MessageContext } from '../message-context.ts';
import { shareTokenGroup } from '../token/share-token-group.ts';

const stopIs = (stop: SessionStop | undefined, event: EventOf<'sessionStopped'>): boolean =>
  stop !== undefined &&
  stop.reason === event.reason &&
  stop.meterStop === storableRegister(event.meterStop) &&
  (stop.tokenId === undefined || event.tokenId === undefined || stop.tokenId === event.tokenId) &&
  (event.timestamp === undefined || stop.endedAt === event.timestamp);

const couldStop = (session: Session, event: EventOf<'sessionStopped'>, at: string): boolean => {
  const { start, state, timeZone } = session;
  if (state !== 'active' || start === undefined) return false;
  if (isoTimeOf(start.startedAt, Date.parse(start.receivedAt), timeZone) > at) return false;
  return (event.meterStop ?? Infinity) >= (start.meterStart ?? 0);
};

/**
 * Finds the session that a stop without a transaction id ends: the one that this very stop ended before, or else the
 * only open one that it can be about, of the same token or its group where it names one. Undefined if that is not certain.
 */
export async function findOpenSession(
  step: MessageContext,
  event: EventOf<'sessionStopped'>,
): Promise<Session | undefined> {
  const { connectors } = await readChargerItems(step.database, step.charger.chargerKey);
  const pointed = connectors.map(connectorFrom).flatMap((one) => one.openSessionId ?? []);
  const sessions = (await readSessions(step.database, pointed)).map(({ session }) => session);
  const repeated = sessions.find((session) => stopIs(session.stop, event));
  if (repeated !== undefined) return repeated;
  const at = isoTimeOf(event.timestamp, step.now, step.charger.timeZone);
  const open = sessions.filter((session) => couldStop(session, event, at));
  const candidates = await ofToken(step, open, event.tokenId);
  if (candidates.length > 0) return candidates.length === 1 ? candidates[0] : undefined;
  return await findRepeated(step, event, sessions);
}

/** The session before one of a connector's last that this very stop ended: a charger may repeat it after the next one began. */
async function findRepeated(
  step: MessageContext,
  event: EventOf<'sessionStopped'>,
  sessions: readonly Session[],
): Promise<Session | undefined> {
  const previous = sessions.flatMap(({ previousSessionId }) => previousSessionId ?? []);
  const before = await readSessions(step.database, previous);
  return before.map(({ session }) => session).find((session) => stopIs(session.stop, event));
}

/** Of several sessions those that a token may end: its own, or else those of its group. */
async function ofToken(
  step: MessageContext,
  open: readonly Session[],
  tokenId: string | undefined,
): Promise<readonly Session[]> {
  if (tokenId === undefined) return open;
  const tokenOf = (session: Session): string => session.start?.tokenId ?? '';
  const own = open.filter(
    (session) => normalizeTokenId(tokenOf(session)) === normalizeTokenId(tokenId),
  );
  if (own.length > 0 || open.length === 0) return own;
  const related = await Promise.all(
    open.map(async (session) => await shareTokenGroup(step, tokenOf(session), tokenId)),
  );
  return open.filter((_session, index) => related[index]);
}
