import { setTimeout } from 'node:timers/promises';
import { answerSeconds } from '../../core/command/answer-time.ts';
import { timeOfSequence } from '../../core/command/command-sequence.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import { noteOvertaken, readLine } from '../store/commands/command-line.ts';
import { readCommand } from '../store/commands/commands.ts';
import { advanceCommands, standStill } from './advance-commands.ts';
import { comeAgain } from './come-again.ts';
import { depart } from './depart.ts';
import { noteExpiry } from './expire-command.ts';
import { expiredCertificate } from './expired-certificate.ts';
import type { Sender } from './sender.ts';

/** Whether a command was made so long ago that its message was delivered again: others may have been sent meanwhile. */
const isOld = (sender: Sender, sequence: string): boolean =>
  sender.now() - timeOfSequence(sequence) > answerSeconds * 1000;

/** Ms between the looks for a command whose message came before it was written, in one run. */
const writingPauses = [50, 150] as const;

type MadeMessage = Extract<CommandMessage, { kind: 'made' }>;

/** Sends a new command where its charger can take one; `waits` where it cannot, or where that command waits no more. */
async function departMade(
  sender: Sender,
  { chargerKey, sequence, frame: known, connectionId }: MadeMessage,
): Promise<'sent' | 'waits' | 'absent'> {
  let frame = known;
  if (connectionId === undefined || frame === '') {
    const command = await readCommand(sender.database, chargerKey, sequence);
    if (command === undefined) return 'absent';
    if (connectionId === undefined || command.state !== 'queued') return 'waits';
    if (expiredCertificate(command, sender.now()) !== undefined) return 'waits';
    frame = command.frame;
  }
  const departed = await depart(sender, { chargerKey, sequence, frame, connectionId }, false);
  // One that waits no more was cancelled or has expired, or an earlier run left it in flight and did not get further.
  return departed === 'sent' || departed === 'absent' ? departed : 'waits';
}

/** Sends a command that is being made where its charger can take one; else it waits with the others. Its message comes before it is written. */
export async function sendMade(sender: Sender, message: MadeMessage): Promise<void> {
  const { chargerKey, sequence } = message;
  let made = await departMade(sender, message);
  for (const pause of writingPauses) {
    if (made !== 'absent') break;
    await setTimeout(pause);
    made = await departMade(sender, message);
  }
  if (made === 'sent') return;
  if (made === 'absent') {
    // Others that are made meanwhile give way to it.
    await standStill(sender, chargerKey, await readLine(sender.database, chargerKey));
    await comeAgain(sender, message, timeOfSequence(sequence));
    return;
  }
  if (isOld(sender, sequence)) await noteOvertaken(sender.database, chargerKey, sequence);
  await noteExpiry(sender, message);
  await advanceCommands(sender, chargerKey);
}
