import { isoTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { sessionId } from '../../../core/session/session-id.ts';
import { noteTerminalPayment } from '../../store/sessions/note-terminal-payment.ts';
import type { MessageContext } from '../message-context.ts';

/** Keeps with its session what became of a payment at the charger's own terminal; one that ended before a session began has none. */
export async function keepTerminalPayment(
  { database, charger, now }: MessageContext,
  { transactionId, status, amount, timestamp }: EventOf<'paymentSettled'>,
): Promise<void> {
  if (transactionId === undefined || amount === undefined) return;
  const at = isoTimeOf(timestamp, now, charger.timeZone);
  await noteTerminalPayment(database, sessionId(charger.chargerKey, transactionId), {
    status,
    amount,
    at,
  });
}
