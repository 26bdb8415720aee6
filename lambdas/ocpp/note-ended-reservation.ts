import { numberOfEnded } from '../../core/command/dropped-reservation.ts';
import { markDropped } from '../store/partners/partner-reservations.ts';
import { type MessageContext, receivedAt } from './message-context.ts';

/** Notes that a charger says a reservation of a partner has ended; of a repetition, and a reservation of nobody else, nothing is noted. */
export async function noteEndedReservation(step: MessageContext, raw: string): Promise<void> {
  const number = numberOfEnded(raw);
  if (number === undefined) return;
  const { operatorId, chargerKey } = step.charger;
  await markDropped(step.database, { operatorId, chargerKey, number, at: receivedAt(step) });
}
