import type { Anomaly } from '../../../core/metering/model/anomaly.ts';
import { noteAnomaly } from '../../store/sessions/sessions.ts';
import type { MessageContext } from '../message-context.ts';
import { sessionOfPart } from '../session/session-of-part.ts';

/**
 * Records an anomaly of a message on the session that the message is about, once for each code. `sessionId` is that of its transaction's
 * id alone, and `timestamp` the time of the message as the charger wrote it, which decides where others have that id.
 */
export async function noteOnSession(
  step: MessageContext,
  sessionId: string,
  anomaly: Anomaly,
  timestamp?: string,
): Promise<void> {
  const noted = await noteAnomaly(step.database, sessionId, anomaly);
  if (noted.kind !== 'shared') return;
  const own = await sessionOfPart(step, noted.stored, timestamp);
  await noteAnomaly(step.database, own.sessionId, anomaly, true);
}
