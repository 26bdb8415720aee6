import type { EventOf } from '../../core/ocpp/event.ts';
import type { Session, SessionStop } from '../../core/session/session.ts';
import { isoTimeOf } from '../edge/iso-time-of.ts';
import { connectorFrom, readChargerItems } from '../store/connectors.ts';
import { readSessions } from '../store/sessions.ts';
import type { Step } from './step.ts';

const stopIs = (stop: SessionStop | undefined, event: EventOf<'sessionStopped'>): boolean =>
  stop !== undefined &&
  stop.reason === event.reason &&
  stop.meterStop === event.meterStop &&
  (event.timestamp === undefined || stop.endedAt === event.timestamp);

const couldStop = (session: Session, event: EventOf<'sessionStopped'>, at: string): boolean => {
  const { start, state } = session;
  if (state !== 'active' || start === undefined) return false;
  if (isoTimeOf(start.startedAt, Date.parse(start.receivedAt)) > at) return false;
  return (event.meterStop ?? Infinity) >= (start.meterStart ?? 0);
};

/**
 * Finds the session that a stop without a transaction id ends: the one that this very stop ended before, or else the
 * only open one that it can be about, of the same token where it names one. Undefined when that is nobody's guess.
 */
export async function findOpenSession(
  step: Step,
  event: EventOf<'sessionStopped'>,
): Promise<Session | undefined> {
  const { connectors } = await readChargerItems(step.database, step.charger.chargerKey);
  const pointed = connectors.map(connectorFrom).flatMap((one) => one.openSessionId ?? []);
  const sessions = (await readSessions(step.database, pointed)).map(({ session }) => session);
  const repeated = sessions.find((session) => stopIs(session.stop, event));
  if (repeated !== undefined) return repeated;
  const at = isoTimeOf(event.timestamp, step.now);
  const open = sessions.filter((session) => couldStop(session, event, at));
  const tokenId = event.tokenId?.toUpperCase();
  const own = open.filter((session) => session.start?.tokenId.toUpperCase() === tokenId);
  const candidates = own.length > 0 ? own : open;
  return candidates.length === 1 ? candidates[0] : undefined;
}
