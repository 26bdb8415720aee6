import type { z } from 'zod';
import { isSameConnector } from '../../../core/charger/connector-ref.ts';
import { reportTimeOf } from '../../../core/metering/points/charger-time.ts';
import { isStillReported } from '../../../core/session/is-still-reported.ts';
import type { SessionStart } from '../../../core/session/session.ts';
import { lastActivityAt } from '../../billing/last-activity-at.ts';
import { lastReadingAt } from '../../billing/last-reading-at.ts';
import { isOnline, sinceRegistration } from '../../connection/charger-facts.ts';
import { done, refused } from '../../http/answer.ts';
import { logger } from '../../runtime/logger.ts';
import { readCharger } from '../../store/chargers/chargers.ts';
import { applyToSession } from '../../store/sessions/apply-to-session.ts';
import { readRunningView } from '../../store/sessions/running-view.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import type { Caller } from '../api-route.ts';
import { readChargerFacts } from '../chargers/read-charger-facts.ts';
import type { EndForm } from './end-form.ts';
import { sessionView } from './session-view.ts';

type Wish = z.output<typeof EndForm>;

/** True if the charger of a session is connected and, as far as it said, still charges. */
async function isChargerAtIt(caller: Caller, stored: StoredSession): Promise<boolean> {
  const { session, chargerKey } = stored;
  const charger = await readCharger(caller.database, chargerKey);
  const [known] = charger === undefined ? [] : await readChargerFacts(caller, [charger]);
  if (known === undefined) return false;
  const { connection, boot, connectors } = sinceRegistration(known);
  if (!isOnline(connection, Date.parse(caller.now))) return false;
  const lastHeardAt = await lastActivityAt(caller.database, stored);
  const connector = connectors.find((one) => isSameConnector(one, session));
  return isStillReported({ lastHeardAt, bootedAt: boot?.bootedAt, connector });
}

/** Says what is wrong with a time at which a session is to have ended; undefined where nothing is. */
function faultOf(
  endedAt: string,
  { startedAt, receivedAt }: SessionStart,
  { timeZone, now }: { readonly timeZone: string; readonly now: string },
): string | undefined {
  if (endedAt > now) return 'The session cannot have ended in the future.';
  const begun = reportTimeOf(startedAt, Date.parse(receivedAt), timeZone);
  return endedAt < begun
    ? `The session cannot have ended before it began, at ${begun}.`
    : undefined;
}

/** True where the operator ended the session before by the same wish, and its stop has not come since. */
const isRepeated = ({ session: { stop } }: StoredSession, { reason, endedAt }: Wish): boolean =>
  stop?.byHand?.reason === reason && (endedAt === undefined || endedAt === stop.endedAt);

async function shown({ database }: Caller, stored: StoredSession) {
  return done(sessionView(stored, await readRunningView(database, stored.session.sessionId)));
}

/**
 * Ends a session that its charger will not end, by what was measured until then; the same wish again gets the same answer. What
 * the charger says later counts as it does for any session whose stop had not come.
 */
export async function endSession(caller: Caller, sessionId: string, wish: Wish) {
  const { database, operatorId, apiKeyId, apiKeyName: name, now } = caller;
  const stored = await readSession(database, sessionId, true);
  if (stored?.session.operatorId !== operatorId) return refused('SESSION_NOT_FOUND');
  if (isRepeated(stored, wish)) return await shown(caller, stored);
  const { session } = stored;
  const { start, state, timeZone } = session;
  if (state !== 'active' || start === undefined) return refused('SESSION_NOT_ACTIVE');
  const message = wish.endedAt && faultOf(wish.endedAt, start, { timeZone, now });
  if (message) return refused('INVALID_REQUEST', [{ path: 'body.endedAt', message }]);
  if (wish.force !== true && (await isChargerAtIt(caller, stored))) {
    return refused('SESSION_STILL_REPORTED');
  }
  const endedAt = wish.endedAt ?? (await lastReadingAt(database, session, now)) ?? start.startedAt;
  const byHand = { reason: wish.reason, apiKeyId, name };
  const event = { kind: 'endedByOperator', endedAt, receivedAt: now, byHand } as const;
  await applyToSession(database, stored, event, stored);
  const ended = await readSession(database, sessionId, true);
  // Its own stop, or another request, may have come in between.
  if (ended === undefined || !isRepeated(ended, wish)) return refused('SESSION_NOT_ACTIVE');
  // The reason is free text, and stays with the session.
  logger.info('Session ended by hand', { sessionId, operatorId, apiKeyId, endedAt });
  return await shown(caller, ended);
}
