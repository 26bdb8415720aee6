import type { Session } from '../../core/session/session.ts';
import { supersededReason } from '../../core/session/session-event.ts';
import { askForMissingStop, type SendMissingStop } from '../billing/ask-for-missing-stop.ts';
import type { Database } from '../store/table/client.ts';

const isSuperseded = (session: Session | undefined): boolean =>
  session?.stop?.reason === supersededReason;

/**
 * Asks for the stop of a session that has just ended because another one is on its connector, however it came to that: the other
 * began, or had begun before the start of this one arrived. `before` is the session as it was, absent where it is new.
 */
export async function askAfterTakeover(
  database: Database,
  { before, session }: { readonly before: Session | undefined; readonly session: Session },
  send: SendMissingStop,
): Promise<'asked' | 'nothing'> {
  const { sessionId, operatorId, stop } = session;
  if (stop === undefined || !isSuperseded(session) || isSuperseded(before)) return 'nothing';
  const message = { sessionId, missingSince: stop.receivedAt };
  await askForMissingStop(database, operatorId, message, send);
  return 'asked';
}
