import { isAnswerOverdue } from '../../core/command/answer-time.ts';
import { deliveryPause } from '../../core/command/delivery-pause.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import { type Connection, readConnection } from '../store/chargers/connections.ts';
import { isForDeleted, readDestination } from '../store/chargers/destination.ts';
import type { Command } from '../store/commands/command-item.ts';
import {
  type CommandLine,
  landTimedOut,
  noteWaiting,
  readLine,
} from '../store/commands/command-line.ts';
import { endExpired, endQueued, firstQueued } from '../store/commands/commands.ts';
import { depart } from './depart.ts';
import { expiredCertificate } from './expired-certificate.ts';
import { rewriteCommand } from './rewrite-command.ts';
import type { Sender } from './sender.ts';

/** Commands in a row that may be found to have expired, or to have changed, in one run. */
const mostSteps = 200;

/** The state of a charger's line in which nothing can be sent, as it is noted; `moved` where it changed meanwhile. */
export async function standStill(
  sender: Sender,
  chargerKey: string,
  line: CommandLine,
): Promise<'noted' | 'moved'> {
  if (line.isWaiting) return 'noted';
  const noted = await noteWaiting(sender.database, chargerKey, true, line.inFlight);
  return noted === 'noted' ? 'noted' : 'moved';
}

/** Ends the command in flight that was not answered; a charger that has connected again since it was sent gets the next one after a pause. */
async function endUnanswered(sender: Sender, chargerKey: string, line: CommandLine) {
  const { inFlight = '', sentAt = '', failures } = line;
  const { database } = sender;
  const now = sender.now();
  const connection = await readConnection(database, chargerKey);
  const isRestless = (connection?.connectedAt ?? '') > sentAt;
  const heldUntil = now + deliveryPause(failures + 1) * 1000;
  const pause = isRestless ? { failures: failures + 1, heldUntil } : undefined;
  const finishedAt = new Date(now).toISOString();
  return await landTimedOut(database, chargerKey, inFlight, sentAt, finishedAt, pause);
}

type Step = 'again' | 'done';

const onceNoted = async (sender: Sender, chargerKey: string, line: CommandLine): Promise<Step> =>
  (await standStill(sender, chargerKey, line)) === 'noted' ? 'done' : 'again';

async function waitForAnswer(sender: Sender, chargerKey: string, line: CommandLine): Promise<Step> {
  if (!isAnswerOverdue(line.sentAt, sender.now())) return await onceNoted(sender, chargerKey, line);
  await endUnanswered(sender, chargerKey, line);
  return 'again';
}

async function waitForPause(sender: Sender, chargerKey: string, line: CommandLine): Promise<Step> {
  const noted = await onceNoted(sender, chargerKey, line);
  if (noted === 'done') {
    await sender.send({ kind: 'next', chargerKey }, (line.heldUntil - sender.now()) / 1000);
  }
  return noted;
}

const isOpen = (connection: Connection | undefined): connection is Connection =>
  connection !== undefined && connection.disconnectedAt === undefined;

async function waitForCharger(
  sender: Sender,
  chargerKey: string,
  line: CommandLine,
): Promise<Step> {
  if ((await onceNoted(sender, chargerKey, line)) === 'again') return 'again';
  // One that connected before it was noted that commands wait has not seen them.
  return isOpen(await readConnection(sender.database, chargerKey)) ? 'again' : 'done';
}

async function sendNext(
  sender: Sender,
  chargerKey: string,
  line: CommandLine,
  command: Command,
): Promise<Step> {
  const { sequence, frame } = command;
  const destination = await readDestination(sender.database, chargerKey);
  if (isForDeleted(destination, command)) {
    const finishedAt = new Date(sender.now()).toISOString();
    await endQueued(sender.database, chargerKey, sequence, { kind: 'cancelled' }, finishedAt);
    return 'again';
  }
  const { connection } = destination;
  if (!isOpen(connection)) return await waitForCharger(sender, chargerKey, line);
  const { connectionId, protocol } = connection;
  const faulty = expiredCertificate(command, sender.now());
  const written =
    faulty === undefined
      ? await rewriteCommand(command, protocol)
      : ({ kind: 'refused', outcome: faulty } as const);
  if (written.kind === 'refused') {
    const event = { kind: 'unsendable', outcome: written.outcome } as const;
    const finishedAt = new Date(sender.now()).toISOString();
    await endQueued(sender.database, chargerKey, sequence, event, finishedAt);
    return 'again';
  }
  const words =
    written.kind === 'fit'
      ? { frame }
      : { frame: written.command.frame, rewritten: written.command };
  const departed = await depart(sender, { chargerKey, sequence, connectionId, ...words }, true);
  return departed === 'sent' ? 'done' : 'again';
}

async function step(sender: Sender, chargerKey: string): Promise<Step> {
  const { database } = sender;
  const line = await readLine(database, chargerKey);
  if (line.inFlight !== undefined) return await waitForAnswer(sender, chargerKey, line);
  const now = sender.now();
  const command = await firstQueued(database, chargerKey, line.from);
  if (command === undefined) {
    if (line.isWaiting) await noteWaiting(database, chargerKey, false, undefined);
    return 'done';
  }
  if (Date.parse(command.expiresAt) <= now) {
    await endExpired(database, command);
    return 'again';
  }
  return line.heldUntil > now
    ? await waitForPause(sender, chargerKey, line)
    : await sendNext(sender, chargerKey, line, command);
}

/** Sends the first command that waits, where the charger can take one; else notes that commands wait. */
export async function advanceCommands(sender: Sender, chargerKey: string): Promise<void> {
  for (let n = 0; n < mostSteps; n += 1) {
    if ((await step(sender, chargerKey)) === 'done') return;
  }
  await sender.send({ kind: 'next', chargerKey }, 1);
}

/**
 * Whether commands wait and none is in flight, or the one in flight has been there for too long: whoever ended the one before came no
 * further, or died between putting the next one in flight and setting its deadline.
 */
const isStalled = ({ now }: Sender, line: CommandLine): boolean =>
  line.inFlight === undefined ? line.isWaiting : isAnswerOverdue(line.sentAt, now());

/** Ends a command whose deadline is here, where it is still in flight: most have been answered by then, which one read shows. */
export async function meetDeadline(
  sender: Sender,
  { chargerKey, sequence, sentAt }: Extract<CommandMessage, { kind: 'deadline' }>,
): Promise<void> {
  const { database } = sender;
  const line = await readLine(database, chargerKey);
  if (line.inFlight !== sequence || line.sentAt !== sentAt) {
    if (isStalled(sender, line)) await advanceCommands(sender, chargerKey);
    return;
  }
  const landed = await endUnanswered(sender, chargerKey, line);
  if (landed === 'landed' || isStalled(sender, await readLine(database, chargerKey))) {
    await advanceCommands(sender, chargerKey);
  }
}
