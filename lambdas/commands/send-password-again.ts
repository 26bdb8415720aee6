import { commandSequence } from '../../core/command/command-sequence.ts';
import { standingOf } from '../../core/configuration/open-changes.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import { messageOfNew, writeCommand } from '../connection/write-command.ts';
import { secretHash } from '../runtime/secrets.ts';
import { readChargerAndConnection } from '../store/chargers/charger-and-connection.ts';
import type { Charger } from '../store/chargers/chargers.ts';
import type { Connection } from '../store/chargers/connections.ts';
import {
  createPasswordAgain,
  forgetPasswordSent,
  isPasswordOpen,
} from '../store/chargers/password-sent.ts';
import type { Command } from '../store/commands/command-item.ts';
import { readLine } from '../store/commands/command-line.ts';
import { readCommand } from '../store/commands/commands.ts';
import type { Sender } from './sender.ts';

/** The last character of the place of these commands. */
const mark = 'P';

/** How the command that sends a password stands: nothing is sent again that is under way, or was used or replaced meanwhile. */
function standingOfPassword(
  { newPasswordHash }: Charger,
  command: Command | undefined,
  now: string,
): ReturnType<typeof standingOf> {
  if (command?.request.type !== 'set-configuration') return 'closed';
  if (secretHash(command.request.value) !== newPasswordHash) return 'closed';
  return standingOf(command, now);
}

/** Has a command sent that a run for the same message has made, which may have ended before it was sent. */
async function sendMadeBefore(
  { send }: Sender,
  command: Command | undefined,
  connection: Connection,
): Promise<void> {
  if (command?.state === 'queued') await send(messageOfNew(command, connection));
}

/** Sends a charger its new password again where it has not taken it: the same one, as long as it is the one that it should have. */
export async function sendPasswordAgain(
  sender: Sender,
  { chargerKey, foundAt }: Extract<CommandMessage, { readonly kind: 'password' }>,
): Promise<void> {
  const { database } = sender;
  const line = await readLine(database, chargerKey);
  const { password } = line;
  const at = Date.parse(foundAt);
  const sequence = commandSequence(at, mark);
  const isMade = password?.sequence === sequence;
  if (password === undefined || !(isMade || isPasswordOpen(line, at))) return;
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  if (charger === undefined || connection === undefined) return;
  const before = await readCommand(database, chargerKey, password.sequence);
  const now = new Date(sender.now()).toISOString();
  if (isMade) return await sendMadeBefore(sender, before, connection);
  const standing = standingOfPassword(charger, before, now);
  if (standing === 'under-way') return;
  const seconds = (Date.parse(password.until) - at) / 1000;
  if (before === undefined || standing === 'closed' || seconds < 1) {
    await forgetPasswordSent(database, chargerKey, password.sequence);
    return;
  }
  const { operatorId, chargerId, request } = before;
  const origin = 'desired-configuration' as const;
  const draft = { sequence, chargerKey, operatorId, chargerId, origin, request, now, seconds };
  const written = await writeCommand(connection.protocol, draft);
  if (written.kind === 'refused') return;
  const made = await createPasswordAgain(database, written.command, password);
  if (made === 'created') await sender.send(messageOfNew(written.command, connection));
}
