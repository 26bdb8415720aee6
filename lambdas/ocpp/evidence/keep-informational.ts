import { shownText } from '../../../core/command/secret-settings.ts';
import { messageBytes } from '../../runtime/evidence-bytes.ts';
import { logger } from '../../runtime/logger.ts';
import { countRoutine } from '../../runtime/metrics.ts';
import { keepChargerMessage } from '../../store/readings/charger-messages.ts';
import { type MessageContext, receivedAt } from '../message-context.ts';
import { messageHash } from './keep-message.ts';
import { returnMessageRoom, takeMessageRoom } from './message-room.ts';

/**
 * Keeps a message that only informs, as it came without the secrets in it, by one write. Of a charger that sends more on a day than is kept, the last one
 * that is kept says so, once in the log too, and the others are counted.
 */
export async function keepInformational(
  step: MessageContext,
  action: string,
  raw: string,
): Promise<void> {
  const { chargerId, chargerKey, protocol } = step.charger;
  const at = receivedAt(step);
  const day = at.slice(0, 10);
  const bytes = messageBytes(raw);
  const room = takeMessageRoom(chargerKey, day, bytes);
  if (room === 'full') {
    countRoutine({ action, outcome: 'too-many' }, 'MessagesLeftOut');
    return;
  }
  const isLast = room === 'last';
  if (isLast) logger.warn('A charger says more than is kept of one day', { chargerId, action });
  const message = { protocol, action, receivedAt: at, raw: shownText(raw) };
  try {
    await keepChargerMessage(
      step.database,
      chargerKey,
      isLast ? { ...message, furtherLeftOut: true } : message,
      messageHash(`${action} ${raw}`),
    );
  } catch (error) {
    returnMessageRoom(chargerKey, day, bytes);
    throw error;
  }
}
