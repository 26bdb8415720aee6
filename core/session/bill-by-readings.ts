import { reportTimeOf } from '../metering/points/charger-time.ts';
import type { Session } from './session.ts';
import { type SessionStopMissing, stopMissingReason, supersededReason } from './session-event.ts';

/**
 * A session that is billed by its readings since its own stop has not come: it ends with the last of them. One that another session
 * took over from does not end later than that said.
 */
export const billByReadings = (
  session: Session,
  { endedAt, receivedAt }: SessionStopMissing,
): Session => {
  const { stop, timeZone } = session;
  const reason = stopMissingReason;
  if (stop === undefined) return { ...session, stop: { endedAt, receivedAt, reason } };
  if (stop.reason !== supersededReason) return session;
  const timeOf = (end: { readonly endedAt: string; readonly receivedAt: string }) =>
    reportTimeOf(end.endedAt, Date.parse(end.receivedAt), timeZone);
  const isEarlier = timeOf({ endedAt, receivedAt }) < timeOf(stop);
  return { ...session, stop: { ...stop, reason, ...(isEarlier && { endedAt }) } };
};
