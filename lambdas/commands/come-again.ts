import type { CommandMessage } from '../connection/command-message.ts';
import type { Sender } from './sender.ts';

/** Ms after which what is not there will not be: whoever was to write it has ended, in half of that, or by our clocks. */
const longestWriting = 60_000;

/** Has a message come again that came before what it is about, which has been written since a time (epoch ms): ever later, for a minute. */
export async function comeAgain(
  sender: Sender,
  message: CommandMessage,
  since: number,
): Promise<void> {
  const age = sender.now() - since;
  if (age < longestWriting) await sender.send(message, Math.max(1, age / 1000));
}
