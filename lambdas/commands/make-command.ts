import type { CommandRequest } from '../../core/command/command-request.ts';
import { commandSequence, timeOfSequence } from '../../core/command/command-sequence.ts';
import { messageOfNew, writeCommand } from '../connection/write-command.ts';
import { logger } from '../runtime/logger.ts';
import { randomText } from '../runtime/new-id.ts';
import type { Charger } from '../store/chargers/chargers.ts';
import type { Connection } from '../store/chargers/connections.ts';
import { createCommand, readCommand } from '../store/commands/commands.ts';
import type { Sender } from './sender.ts';

/** A charger with its connection. */
export type Place = { readonly charger: Charger; readonly connection: Connection };

/** Seconds that these commands wait for a charger that is gone: its next connection asks again. */
const lifetime = 3_600;

/** How many milliseconds may be full before a command finds a place. */
const mostAttempts = 50;

/** Seconds after which its message comes, by when it is written: nobody waits for these commands, and to look for one in vain costs a request. */
const secondsToWrite = 1;

/** The reasons for which a command is made, and the last character of its place: no two of them meet at one. */
const marks = { certificate: 'K', renewal: 'R', cost: 'C' } as const;

/** Why such a command was made, as it is shown. */
const origins = {
  certificate: 'certificate',
  renewal: 'certificate',
  cost: 'running-cost',
} as const;

/**
 * Makes a command at the place that derives from a time (epoch ms), and has it sent: made again, it is the same one, which is sent where a
 * run before broke off. Undefined where the charger's version has no words for it.
 */
export async function makeCommandOnce(
  sender: Sender,
  { charger, connection }: Place,
  request: CommandRequest,
  {
    mark,
    at,
    seconds,
  }: { readonly mark: keyof typeof marks; readonly at: number; readonly seconds: number },
): Promise<string | undefined> {
  const { operatorId, chargerKey, chargerId } = charger;
  const sequence = commandSequence(at, marks[mark]);
  const written = await writeCommand(connection.protocol, {
    sequence,
    chargerKey,
    operatorId,
    chargerId,
    origin: origins[mark],
    request,
    now: new Date(sender.now()).toISOString(),
    seconds,
  });
  if (written.kind === 'refused') {
    const { code, reason } = written;
    logger.warn('A command of our own cannot be expressed', { chargerId, mark, code, reason });
    return undefined;
  }
  // One of the API may be there that chose the same last character.
  const made = await createCommand(sender.database, written.command);
  const known =
    made === 'taken' ? await readCommand(sender.database, chargerKey, sequence) : undefined;
  if (known !== undefined && known.origin !== origins[mark]) {
    return await makeCommandOnce(sender, { charger, connection }, request, {
      mark,
      at: at + 1,
      seconds,
    });
  }
  const command = known ?? written.command;
  if (command.state === 'queued') await sender.send(messageOfNew(command, connection));
  return sequence;
}

/**
 * Makes a command for the desired configuration at a place of a time (epoch ms) or later, and has it sent; undefined where the charger's
 * version has no words for it.
 */
async function makeCommand(
  sender: Sender,
  { charger, connection }: Place,
  request: CommandRequest,
  earliest: number,
): Promise<string | undefined> {
  const { operatorId, chargerKey, chargerId } = charger;
  for (let n = 0; n < mostAttempts; n += 1) {
    const at = sender.now();
    const sequence = commandSequence(Math.max(at, earliest) + n, randomText(1));
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
    // Before it is written: a run that breaks off makes another one when its own message comes again.
    await sender.send(messageOfNew(written.command, connection), secondsToWrite);
    if ((await createCommand(sender.database, written.command)) === 'created') return sequence;
  }
  throw new Error('No place is free among the commands of this moment');
}

/** Makes several commands, which are sent in their order; gives the places of those that could be written. */
export async function makeCommands(
  sender: Sender,
  place: Place,
  requests: readonly CommandRequest[],
): Promise<readonly string[]> {
  const sequences: string[] = [];
  // Places of one millisecond have no order, and a charger refuses the second part of a list before the first.
  let earliest = 0;
  for (const request of requests) {
    const sequence = await makeCommand(sender, place, request, earliest);
    if (sequence === undefined) continue;
    sequences.push(sequence);
    earliest = timeOfSequence(sequence) + 1;
  }
  return sequences;
}
