import { timeOfSequence } from '../../core/command/command-sequence.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import type { Sender } from './sender.ts';

/** Tries after which a message leaves another behind: fewer than the queue allows (lib/charger-edge/charger-queues.ts). */
export const triesToLeaveAnother = 20;

/** Seconds after which the other comes: the longest for which the queue holds one back. */
const pauseSeconds = 900;

/** Ms after which every command has expired that a message could be about, and a day. */
const longestLife = 8 * 86_400_000;

/** The message that comes in place of one, and since when (epoch ms) commands may wait for that; undefined where something else brings it again. */
function otherOf(message: CommandMessage, now: number) {
  switch (message.kind) {
    case 'made':
    case 'expire':
      return { since: timeOfSequence(message.sequence), message };
    case 'deadline':
      return { since: Date.parse(message.sentAt), message };
    case 'offline':
      return { since: Date.parse(message.disconnectedAt), message };
    case 'campaign':
    case 'next': {
      const since = message.since ?? new Date(now).toISOString();
      return { since: Date.parse(since), message: { ...message, since } };
    }
    default:
      return undefined;
  }
}

/**
 * Leaves another message behind, before the one that was tried so often is tried again: it will be given up, and kept for somebody to
 * examine, and without another its command, or its campaign, would wait for ever. Nothing else is done by the other, so it does no harm where this one succeeds.
 */
export async function leaveAnother(
  { send, now }: Pick<Sender, 'send' | 'now'>,
  message: CommandMessage,
  tries: number,
): Promise<void> {
  if (tries !== triesToLeaveAnother) return;
  const other = otherOf(message, now());
  if (other !== undefined && now() - other.since < longestLife) {
    await send(other.message, pauseSeconds);
  }
}
