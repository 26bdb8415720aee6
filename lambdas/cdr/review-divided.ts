import type { AskForCorrection } from '../billing/correction-message.ts';
import { isOwnMessage, readDividedReadings } from '../billing/divided-readings.ts';
import { readSealedCdr } from '../store/cdrs/cdrs.ts';
import type { RunningViewState } from '../store/sessions/running-view.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Has a sealed session reviewed whose CDR is based on messages of another one of its transaction's id, which had come before the start of
 * that one; nothing is read where no other session has it. Nothing is asked of one about which a person has to decide already.
 */
export async function reviewDivided(
  database: Database,
  stored: StoredSession,
  progress: RunningViewState | undefined,
  askForCorrection: AskForCorrection,
): Promise<void> {
  const { session, lateNote, creditSequence } = stored;
  const { part, stop, sessionId } = session;
  // Nothing is billed of a session that an operator let be free.
  if (creditSequence !== undefined) return;
  if (part === undefined || stop === undefined || lateNote === 'LATE_READINGS_UNCLEAR') return;
  const isWrong =
    (await hasOtherStop(database, stored)) || (await hasOthersMessages(database, stored, progress));
  if (isWrong) await askForCorrection({ sessionId, until: stop.receivedAt });
}

async function hasOtherStop(
  database: Database,
  { session, chargerKey, result }: StoredSession,
): Promise<boolean> {
  const cdr = await readSealedCdr(database, chargerKey, result?.cdrSequence ?? 0, true);
  const billed = cdr?.evidence.session.stop;
  return billed !== undefined && billed.endedAt !== session.stop?.endedAt;
}

async function hasOthersMessages(
  database: Database,
  stored: StoredSession,
  progress: RunningViewState | undefined,
): Promise<boolean> {
  const counted = progress?.kind === 'closed' ? progress.closed.counted : undefined;
  const { messages } = await readDividedReadings(database, stored, counted);
  return messages.some((message) => !message.late && !isOwnMessage(stored, message));
}
