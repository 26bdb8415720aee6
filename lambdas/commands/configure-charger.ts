import type { CommandRequest } from '../../core/command/command-request.ts';
import { commandSequence } from '../../core/command/command-sequence.ts';
import { hasEnded } from '../../core/command/command-state.ts';
import { changesToMake, questionsAbout } from '../../core/configuration/changes-to-make.ts';
import { desiredSettings } from '../../core/configuration/desired-configuration.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import { messageOfNew, writeCommand } from '../connection/write-command.ts';
import { logger } from '../runtime/logger.ts';
import { randomText } from '../runtime/new-id.ts';
import { readChargerAndConnection } from '../store/chargers/charger-and-connection.ts';
import type { Charger } from '../store/chargers/chargers.ts';
import type { Connection } from '../store/chargers/connections.ts';
import { noteConfigured, readConfiguration } from '../store/chargers/desired-configuration.ts';
import { createCommand, readCommand } from '../store/commands/commands.ts';
import type { Sender } from './sender.ts';

/** Seconds that these commands wait for a charger that is gone: its next connection asks again. */
const lifetime = 3_600;

/** Seconds between two looks whether a charger has answered: it gets 30 to answer each command, and others may be before these. */
const pauses = [2, 5, 10, 30, 60, 120, 300] as const;

type Place = { readonly charger: Charger; readonly connection: Connection };

async function placeOf({ database }: Sender, chargerKey: string): Promise<Place | undefined> {
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  // One that was turned away owes no answer.
  const isAsked = charger !== undefined && charger.approval !== 'rejected';
  return isAsked && connection !== undefined ? { charger, connection } : undefined;
}

/** How many milliseconds may be full before a command finds a place. */
const mostAttempts = 50;

/** Makes a command for the desired configuration and has it sent; undefined where the charger's version has no words for it. */
async function make(
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

async function desiredOf(sender: Sender, { charger, connection }: Place) {
  const { operatorId, chargerKey } = charger;
  const found = await readConfiguration(sender.database, operatorId, chargerKey);
  const { operator, charger: own, version } = found;
  return {
    version,
    configured: found.configured,
    desired: desiredSettings(connection.protocol, operator?.wanted, own?.wanted),
  };
}

/** Asks a charger for those of its settings that it should have in a certain way; nothing where nothing is wanted of it. */
export async function askForSettings(
  sender: Sender,
  { operatorId, chargerKey }: Extract<CommandMessage, { readonly kind: 'configure' }>,
): Promise<void> {
  const place = await placeOf(sender, chargerKey);
  if (place === undefined) return;
  const { version, desired } = await desiredOf(sender, place);
  const askedAt = new Date(sender.now()).toISOString();
  const questions = questionsAbout(place.connection.protocol, desired, place.charger.connectors);
  await noteConfigured(sender.database, chargerKey, {
    version,
    askedAt,
    ...(questions.length === 0 ? { comparedAt: askedAt } : {}),
  });
  if (questions.length === 0) return;
  const sequences: string[] = [];
  for (const question of questions) {
    const sequence = await make(sender, place, question);
    if (sequence !== undefined) sequences.push(sequence);
  }
  await sender.send({ kind: 'compare', operatorId, chargerKey, sequences, looks: 0 }, pauses[0]);
}

/** Sets what is not as it should be once a charger has answered; looks again while it has not. */
export async function setWhatDiffers(
  sender: Sender,
  message: Extract<CommandMessage, { readonly kind: 'compare' }>,
): Promise<void> {
  const { chargerKey, sequences, looks } = message;
  const place = await placeOf(sender, chargerKey);
  if (place === undefined) return;
  const { version, desired, configured } = await desiredOf(sender, place);
  // Another change came meanwhile, and asks itself; or this message came twice.
  if (configured?.version !== version || configured.comparedAt !== undefined) return;
  const commands = await Promise.all(
    sequences.map(async (sequence) => await readCommand(sender.database, chargerKey, sequence)),
  );
  const isOpen = commands.some((command) => command !== undefined && !hasEnded(command.state));
  if (isOpen) {
    const pause = pauses[looks + 1];
    if (pause !== undefined) await sender.send({ ...message, looks: looks + 1 }, pause);
    return;
  }
  const changes = changesToMake(
    desired,
    commands.map((command) => command?.outcome),
  );
  // No answer came: the next connection or boot asks again.
  if (changes === undefined) return;
  for (const change of changes) await make(sender, place, change);
  await noteConfigured(sender.database, chargerKey, {
    ...configured,
    comparedAt: new Date(sender.now()).toISOString(),
  });
}
