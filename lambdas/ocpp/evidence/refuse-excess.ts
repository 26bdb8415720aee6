import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { logger } from '../../runtime/logger.ts';
import { countRoutine } from '../../runtime/metrics.ts';
import { noteAnomaly } from '../../store/sessions/sessions.ts';
import { type MessageContext, receivedAt } from '../message-context.ts';

const mostRemembered = 10_000;

/** The sessions and connections of which this process has said that they are full. */
const said = new Set<string>();

/**
 * Counts a message that is not stored, because too much is stored of its session or its connection. The first one is in the
 * log and on the session, whose CDR is held for it.
 */
export async function refuseExcess(
  step: MessageContext,
  kind: string,
  sessionId: string | undefined,
): Promise<void> {
  countRoutine({ action: kind, outcome: 'too-many' }, 'ReadingsRefused');
  const { connectionId, charger } = step;
  const full = sessionId ?? connectionId;
  if (said.has(full)) return;
  const ids = { chargerId: charger.chargerId, connectionId, sessionId };
  logger.warn('A charger sends more than is stored of one session', ids);
  if (sessionId !== undefined) {
    await noteAnomaly(step.database, sessionId, anomalyOf('EVIDENCE_TOO_LARGE', receivedAt(step)));
  }
  if (said.size >= mostRemembered) said.clear();
  said.add(full);
}
