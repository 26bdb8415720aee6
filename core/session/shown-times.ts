import { pastTimeOf } from '../metering/points/charger-time.ts';
import type { Session } from './session.ts';

/** Start and end of a session, ISO 8601 in UTC with milliseconds; null for what is not known. */
export type ShownTimes = { readonly startedAt: string | null; readonly endedAt: string | null };

/** The times of a session by its own messages, until its CDR knows them better: never later than we received them. */
export const shownTimes = ({
  start,
  stop,
  timeZone,
}: Pick<Session, 'start' | 'stop' | 'timeZone'>): ShownTimes => ({
  startedAt: start ? pastTimeOf(start.startedAt, Date.parse(start.receivedAt), timeZone) : null,
  endedAt: stop ? pastTimeOf(stop.endedAt, Date.parse(stop.receivedAt), timeZone) : null,
});
