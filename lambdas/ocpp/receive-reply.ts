import { sequenceOfRequestId, timeOfSequence } from '../../core/command/command-sequence.ts';
import { keptOutcome, shownText } from '../../core/command/secret-settings.ts';
import { loadVersion } from '../../core/ocpp/load-version.ts';
import type { Received } from '../../core/ocpp/receive.ts';
import type { Reply } from '../../core/ocpp/reply.ts';
import type { ReadReply } from '../../core/ocpp/version.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { noteCertificateTaken } from '../store/chargers/certificates.ts';
import { landAnswered } from '../store/commands/command-line.ts';
import { readCommand } from '../store/commands/commands.ts';
import { keepReply } from '../store/readings/replies.ts';
import { type MessageContext, receivedAt } from './message-context.ts';

/** Notes that a charger took a certificate. The command has ended also where that fails: then the certificate is renewed earlier. */
async function noteTaken(
  { database, charger: { chargerKey } }: MessageContext,
  sequence: string,
  { outcome }: ReadReply,
  at: string,
): Promise<void> {
  if (outcome.kind !== 'accepted') return;
  try {
    const command = await readCommand(database, chargerKey, sequence);
    if (command?.request.type !== 'deliver-certificate') return;
    await noteCertificateTaken(database, chargerKey, command.request.chain, at);
  } catch (error) {
    logger.error('It could not be noted that a charger took a certificate', { error, chargerKey });
  }
}

/** Ends the command that a reply answers: gives how long ago that was made, ms; undefined where no command waited for this answer. */
async function endCommand(
  step: MessageContext,
  reply: Reply,
  read: ReadReply,
): Promise<number | undefined> {
  const sequence = sequenceOfRequestId(reply.messageId ?? '');
  if (sequence === undefined) return undefined;
  const { chargerKey } = step.charger;
  const answered = { kind: 'answered', outcome: keptOutcome(read.outcome) } as const;
  const at = receivedAt(step);
  const landed = await landAnswered(step.database, chargerKey, sequence, answered, at);
  if (read.action === 'CertificateSigned' && landed !== 'unknown') {
    await noteTaken(step, sequence, read, at);
  }
  if (landed === 'others-wait') {
    const { sendCommandMessage } = await import('../connection/send-command-message.ts');
    await sendCommandMessage({ kind: 'next', chargerKey });
  }
  return landed === 'unknown' ? undefined : Math.max(0, Date.parse(at) - timeOfSequence(sequence));
}

/**
 * Ends the command that a charger answered; any other reply, one that comes too late included, is kept as evidence.
 * Replies are counted by how they came out. Nothing goes back, and never throws: one that cannot be kept is in the log.
 */
export async function receiveReply(step: MessageContext, reply: Reply): Promise<void> {
  const { operatorId, chargerId, chargerKey, protocol } = step.charger;
  const ids = { chargerId, messageId: reply.messageId };
  const counted = { action: 'reply', outcome: reply.kind };
  try {
    const read = await (await loadVersion(protocol)).readReply(reply);
    const taken = read && (await endCommand(step, reply, read));
    const times = taken === undefined ? {} : { CommandMilliseconds: taken };
    emitMetric(counted, { Messages: 1, ...times }, { ...ids, command: read?.action });
    if (taken !== undefined) return;
    const charger = { operatorId, chargerId, chargerKey };
    await keepReply(step.database, charger, reply, receivedAt(step), read);
  } catch (error) {
    logger.error('The reply of a charger could not be stored', { error, ...ids, ...counted });
  }
}

/**
 * Keeps the complaint of a charger about an answer of ours for a week, with the replies, and says it in the log: something we sent
 * was wrong. It ends no command, whatever id it names.
 */
export async function keepObjection(
  step: MessageContext,
  { messageId, code, description, raw }: Extract<Received, { readonly kind: 'objection' }>,
): Promise<void> {
  const { operatorId, chargerId, chargerKey } = step.charger;
  const ids = { chargerId, messageId };
  emitMetric({ action: 'reply', outcome: 'objection' }, { Messages: 1 }, ids);
  const said = { ...ids, code, description: shownText(description) };
  logger.warn('A charger could not use an answer of ours', said);
  const reply: Reply = { kind: 'refusal', messageId, reason: 'other', code, description, raw };
  try {
    await keepReply(step.database, { operatorId, chargerId, chargerKey }, reply, receivedAt(step));
  } catch (error) {
    logger.error('The reply of a charger could not be stored', { error, ...ids });
  }
}
