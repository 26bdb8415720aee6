import { chargerSessions } from '../../runtime/evidence-bytes.ts';
import { logger } from '../../runtime/logger.ts';
import { countRoutine } from '../../runtime/metrics.ts';
import { type MessageContext, receivedAt } from '../message-context.ts';

/** The sessions that a charger made on a day, and whether it was said that they are too many. */
type Made = { readonly day: string; readonly sessions: number; readonly isSaid: boolean };

const mostRemembered = 10_000;

/** The sessions that this process has made, by charger. */
const made = new Map<string, Made>();

const madeToday = (step: MessageContext): Made => {
  const day = receivedAt(step).slice(0, 10);
  const known = made.get(step.charger.chargerKey);
  return known?.day === day ? known : { day, sessions: 0, isSaid: false };
};

/** Notes that a message of a charger has made a session. It costs no request, and holds for each process alone. */
export function noteSessionMade(step: MessageContext): void {
  const today = madeToday(step);
  if (made.size >= mostRemembered) made.clear();
  made.set(step.charger.chargerKey, { ...today, sessions: today.sessions + 1 });
}

/** True if a charger may make another session today (SESSIONS_PER_DAY). */
export const hasSessionRoom = (step: MessageContext): boolean =>
  madeToday(step).sessions < chargerSessions();

/** Counts a message that would make a session beyond those of its charger's day; the first one is in the log. */
export function countExcessSession(step: MessageContext, kind: 'start' | 'stop'): void {
  countRoutine({ action: kind, outcome: 'too-many' }, 'ReadingsRefused');
  const today = madeToday(step);
  if (today.isSaid) return;
  const { chargerId, chargerKey } = step.charger;
  logger.warn('A charger makes more sessions than are kept of one day', { chargerId, kind });
  made.set(chargerKey, { ...today, isSaid: true });
}
