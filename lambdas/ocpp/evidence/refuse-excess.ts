import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { logger } from '../../runtime/logger.ts';
import { countRoutine } from '../../runtime/metrics.ts';
import { type MessageContext, receivedAt } from '../message-context.ts';
import { noteOnSession } from './note-on-session.ts';
import { releaseAll } from './stored-bytes.ts';

const mostRemembered = 10_000;

/** The sessions and connections of which this process has said that they are full. */
const said = new Set<string>();

/** A message that is not stored: its kind, and its time as the charger wrote it. */
type Excess = { readonly kind: string; readonly timestamp?: string | undefined };

/**
 * Counts a message that is not stored, because too much is stored of its session or its connection. The first one is in the
 * log and on the session, whose CDR is held for it.
 */
export async function refuseExcess(
  step: MessageContext,
  { kind, timestamp }: Excess,
  sessionId: string | undefined,
): Promise<void> {
  countRoutine({ action: kind, outcome: 'too-many' }, 'ReadingsRefused');
  const { connectionId, charger } = step;
  const full = sessionId ?? connectionId;
  if (said.has(full)) return;
  const ids = { chargerId: charger.chargerId, connectionId, sessionId };
  logger.warn('A charger sends more than is stored of one session', ids);
  if (sessionId !== undefined) {
    const anomaly = anomalyOf('EVIDENCE_TOO_LARGE', receivedAt(step));
    await noteOnSession(step, sessionId, anomaly, timestamp);
  }
  if (said.size >= mostRemembered) said.clear();
  said.add(full);
}

/** Gives a session that begins under a transaction's id that another one had the room that any session has. */
export function giveRoomAgain(sessionId: string): void {
  said.delete(sessionId);
  releaseAll(sessionId);
}
