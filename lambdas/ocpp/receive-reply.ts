import { sequenceOfRequestId } from '../../core/command/command-sequence.ts';
import { loadVersion } from '../../core/ocpp/load-version.ts';
import type { Reply } from '../../core/ocpp/reply.ts';
import type { ReadReply } from '../../core/ocpp/version.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { landAnswered } from '../store/commands/command-line.ts';
import { keepReply } from '../store/readings/replies.ts';
import { type MessageContext, receivedAt } from './message-context.ts';

/** Ends the command that a reply answers; says whether it is the answer to a command that waited for it. */
async function endCommand(step: MessageContext, reply: Reply, read: ReadReply): Promise<boolean> {
  const sequence = sequenceOfRequestId(reply.messageId ?? '');
  if (sequence === undefined) return false;
  const { chargerKey } = step.charger;
  const answered = { kind: 'answered', outcome: read.outcome } as const;
  const at = receivedAt(step);
  const landed = await landAnswered(step.database, chargerKey, sequence, answered, at);
  if (landed === 'others-wait') {
    const { sendCommandMessage } = await import('../connection/send-command-message.ts');
    await sendCommandMessage({ kind: 'next', chargerKey });
  }
  return landed !== 'unknown';
}

/**
 * Ends the command that a charger answered; any other reply, one that comes too late included, is kept as evidence.
 * Replies are counted by how they came out. Nothing goes back, and never throws: one that cannot be kept is in the log.
 */
export async function receiveReply(step: MessageContext, reply: Reply): Promise<void> {
  const { operatorId, chargerId, chargerKey, protocol } = step.charger;
  const ids = { chargerId, messageId: reply.messageId };
  emitMetric({ action: 'reply', outcome: reply.kind }, { Messages: 1 }, ids);
  try {
    const read = await (await loadVersion(protocol)).readReply(reply);
    if (read !== undefined && (await endCommand(step, reply, read))) return;
    const charger = { operatorId, chargerId, chargerKey };
    await keepReply(step.database, charger, reply, receivedAt(step), read);
  } catch (error) {
    logger.error('The reply of a charger could not be stored', { error, ...ids });
  }
}
