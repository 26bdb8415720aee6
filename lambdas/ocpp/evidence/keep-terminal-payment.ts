import { isoTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import { noteTerminalPayment } from '../../store/sessions/note-terminal-payment.ts';
import type { MessageContext } from '../message-context.ts';
import { sessionOfPart } from '../session/session-of-part.ts';

/**
 * Keeps with its session what became of a payment at the charger's own terminal; one that ended before a session began has none. Gives the
 * session, where others have the id of its transaction.
 */
export async function keepTerminalPayment(
  step: MessageContext,
  { transactionId, status, amount, timestamp }: EventOf<'paymentSettled'>,
): Promise<string | undefined> {
  if (transactionId === undefined || amount === undefined) return undefined;
  const { database, charger, now } = step;
  const payment = { status, amount, at: isoTimeOf(timestamp, now, charger.timeZone) };
  const id = sessionOfTransaction(charger.chargerKey, transactionId);
  const shared = await noteTerminalPayment(database, id, payment);
  if (shared === undefined) return undefined;
  const own = (await sessionOfPart(step, shared, timestamp)).sessionId;
  await noteTerminalPayment(database, own, payment, true);
  return own;
}
