import { hasEnded, hasExpired } from '../../core/command/command-state.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import { endExpired, readCommand } from '../store/commands/commands.ts';
import type { Sender } from './sender.ts';

type MadeMessage = Extract<CommandMessage, { kind: 'made' }>;

/** Seconds for which the queue can hold back a message. */
const longestDelay = 900;

/**
 * Has a command that waits end when it expires, although nothing else may happen at its charger by then. One that lives for longer than the queue
 * holds back a message is looked at each time that is over.
 */
export async function noteExpiry(
  sender: Sender,
  {
    chargerKey,
    sequence,
    expiresAt = '',
  }: Pick<MadeMessage, 'chargerKey' | 'sequence' | 'expiresAt'>,
): Promise<void> {
  const seconds = (Date.parse(expiresAt) - sender.now()) / 1000;
  if (!(seconds > 0)) return;
  const delay = Math.min(longestDelay, Math.floor(seconds) + 1);
  await sender.send({ kind: 'expire', chargerKey, sequence }, delay);
}

/** Ends a command whose life is over, where it still waits; looks again later where it is not over yet. */
export async function expireCommand(
  sender: Sender,
  chargerKey: string,
  sequence: string,
): Promise<void> {
  const command = await readCommand(sender.database, chargerKey, sequence);
  if (command === undefined || hasEnded(command.state)) return;
  const now = new Date(sender.now()).toISOString();
  await (hasExpired(command, now)
    ? endExpired(sender.database, command)
    : noteExpiry(sender, command));
}
