import { anomalyOf } from '../../core/metering/anomaly-codes.ts';
import type { EventOf } from '../../core/ocpp/event.ts';
import { sessionId } from '../../core/session/session-id.ts';
import { noteAnomaly } from '../store/sessions.ts';
import { keepMessage } from './keep-message.ts';
import { receivedAt, type Step } from './step.ts';

/** Keeps a message about a transaction that nobody can read: as evidence, and visible on its session where it names one. */
export async function keepUnusable(step: Step, event: EventOf<'unusable'>): Promise<void> {
  const { about, connectorId, transactionId, raw, reason } = event;
  const kind = about === 'sessionStopped' ? 'stop' : 'meter';
  const message = { kind, evseId: connectorId, connectorId, raw } as const;
  const kept = await keepMessage(step, message, transactionId);
  if (kept === 'duplicate' || transactionId === undefined) return;
  const id = sessionId(step.charger.chargerKey, transactionId);
  const anomaly = anomalyOf('UNUSABLE_MESSAGE', receivedAt(step), reason);
  await noteAnomaly(step.database, id, anomaly);
}
