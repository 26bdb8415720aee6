import { loadVersion } from '../../core/ocpp/load-version.ts';
import type { Reply } from '../../core/ocpp/reply.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { keepReply } from '../store/readings/replies.ts';
import { type MessageContext, receivedAt } from './message-context.ts';

/**
 * Keeps what a charger answered to a request of ours, with the outcome of that request where the message id names one, counted
 * by how it came out. Nothing goes back, and never throws: an answer that cannot be kept is in the log.
 */
export async function receiveReply(step: MessageContext, reply: Reply): Promise<void> {
  const { operatorId, chargerId, chargerKey, protocol } = step.charger;
  const ids = { chargerId, messageId: reply.messageId };
  emitMetric({ action: 'reply', outcome: reply.kind }, { Messages: 1 }, ids);
  try {
    const read = await (await loadVersion(protocol)).readReply(reply);
    const charger = { operatorId, chargerId, chargerKey };
    await keepReply(step.database, charger, reply, receivedAt(step), read);
  } catch (error) {
    logger.error('The reply of a charger could not be stored', { error, ...ids });
  }
}
