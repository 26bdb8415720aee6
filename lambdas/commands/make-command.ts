import type { CommandRequest } from '../../core/command/command-request.ts';
import { commandSequence } from '../../core/command/command-sequence.ts';
import { messageOfNew, writeCommand } from '../connection/write-command.ts';
import { logger } from '../runtime/logger.ts';
import { randomText } from '../runtime/new-id.ts';
import type { Charger } from '../store/chargers/chargers.ts';
import type { Connection } from '../store/chargers/connections.ts';
import { createCommand } from '../store/commands/commands.ts';
import type { Sender } from './sender.ts';

/** A charger with its connection. */
export type Place = { readonly charger: Charger; readonly connection: Connection };

/** Seconds that these commands wait for a charger that is gone: its next connection asks again. */
const lifetime = 3_600;

/** How many milliseconds may be full before a command finds a place. */
const mostAttempts = 50;

/** Makes a command for the desired configuration and has it sent; undefined where the charger's version has no words for it. */
export async function makeCommand(
  sender: Sender,
  { charger, connection }: Place,
  request: CommandRequest,
): Promise<string | undefined> {
  const { operatorId, chargerKey, chargerId } = charger;
  for (let n = 0; n < mostAttempts; n += 1) {
    const at = sender.now();
    const sequence = commandSequence(at + n, randomText(1));
    const written = await writeCommand(connection.protocol, {
      sequence,
      chargerKey,
      operatorId,
      chargerId,
      origin: 'desired-configuration',
      request,
      now: new Date(at).toISOString(),
      seconds: lifetime,
    });
    if (written.kind === 'refused') {
      const { code, reason } = written;
      logger.warn('A desired setting cannot be expressed', { chargerId, code, reason });
      return undefined;
    }
    if ((await createCommand(sender.database, written.command)) === 'taken') continue;
    await sender.send(messageOfNew(written.command, connection));
    return sequence;
  }
  throw new Error('No place is free among the commands of this moment');
}

/** Makes several commands, one after the other; gives the places of those that could be written. */
export async function makeCommands(
  sender: Sender,
  place: Place,
  requests: readonly CommandRequest[],
): Promise<readonly string[]> {
  const sequences: string[] = [];
  for (const request of requests) {
    const sequence = await makeCommand(sender, place, request);
    if (sequence !== undefined) sequences.push(sequence);
  }
  return sequences;
}
