import { isRenewalDue } from '../../core/certificate/issued-certificate.ts';
import { isAnswerOverdue } from '../../core/command/answer-time.ts';
import type { ChargerContext } from '../connection/charger-context.ts';
import { logger } from '../runtime/logger.ts';
import { configurationDue } from '../store/chargers/desired-configuration.ts';
import { isPasswordOpen } from '../store/chargers/password-sent.ts';
import type { CommandLine } from '../store/commands/command-line.ts';
import { readWaitingFor } from '../store/commands/waiting-for.ts';
import type { Database } from '../store/table/client.ts';

/** Seconds until the handshake has ended and the charger can be written to. */
const handshakeSeconds = 1;

/** Seconds that a charger has to say that it has started, before it is asked anything. */
const bootSeconds = 10;

/** Ms after which a charger is asked again to renew its certificate. */
const renewalPause = 86_400_000;

/** Whether a charger is to be asked for its next certificate: the one that it has ends soon, and it was not asked within a day. */
const isRenewalToAsk = (
  { certificateUntil, renewalAskedAt = '' }: CommandLine,
  at: number,
): boolean =>
  certificateUntil !== undefined &&
  isRenewalDue(certificateUntil, at) &&
  !(at - Date.parse(renewalAskedAt) < renewalPause);

/**
 * Asks for all that waits for a charger which has connected (`at`, epoch ms): commands, one whose deadline was lost, its desired configuration where that has
 * changed, a certificate that ends soon, and a new password that it has not used. The handshake does not fail for it: the next one asks again.
 */
export async function wakeCommands(
  database: Database,
  { operatorId, chargerKey, approval }: ChargerContext,
  at: number,
): Promise<void> {
  if (approval === 'rejected') return;
  try {
    const { line, configuration } = await readWaitingFor(database, operatorId, chargerKey);
    const due = configurationDue(configuration, at);
    const isStalled = line.isWaiting || isAnswerOverdue(line.sentAt, at);
    const hasToRenew = isRenewalToAsk(line, at);
    const hasOpenPassword = isPasswordOpen(line, at);
    if (!isStalled && due === 'no' && !hasToRenew && !hasOpenPassword) return;
    const { sendCommandMessage } = await import('../connection/send-command-message.ts');
    if (isStalled) await sendCommandMessage({ kind: 'next', chargerKey }, handshakeSeconds);
    if (due !== 'no') {
      const retry = due === 'retry' ? { isRetry: true } : {};
      await sendCommandMessage(
        { kind: 'configure', operatorId, chargerKey, ...retry },
        bootSeconds,
      );
    }
    const foundAt = new Date(at).toISOString();
    if (hasToRenew) await sendCommandMessage({ kind: 'renew', chargerKey, foundAt }, bootSeconds);
    if (hasOpenPassword) {
      await sendCommandMessage({ kind: 'password', chargerKey, foundAt }, bootSeconds);
    }
  } catch (error) {
    logger.error('The commands that wait for a charger could not be sent', { error, chargerKey });
  }
}
