import { setTimeout } from 'node:timers/promises';
import { answerSeconds, isAnswerOverdue } from '../../core/command/answer-time.ts';
import { timeOfSequence } from '../../core/command/command-sequence.ts';
import { hasEnded, hasExpired } from '../../core/command/command-state.ts';
import { deliveryPause } from '../../core/command/delivery-pause.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import { type Connection, endConnection, readConnection } from '../store/chargers/connections.ts';
import { isForDeleted, readDestination } from '../store/chargers/destination.ts';
import type { Command } from '../store/commands/command-item.ts';
import {
  type CommandLine,
  landTimedOut,
  noteOvertaken,
  noteWaiting,
  putBack,
  readLine,
  takeOff,
} from '../store/commands/command-line.ts';
import { endExpired, endQueued, firstQueued, readCommand } from '../store/commands/commands.ts';
import { askForRenewal, certifyCharger, haveAuthority } from './certify-charger.ts';
import { comeAgain } from './come-again.ts';
import { askForSettings, noteLocalList, setWhatDiffers } from './configure-charger.ts';
import { expiredCertificate } from './expired-certificate.ts';
import { lookAtCampaign } from './look-at-campaign.ts';
import { noteOffline } from './note-offline.ts';
import { pushRunningCost } from './push-running-cost.ts';
import { rewriteCommand } from './rewrite-command.ts';
import { sendPasswordAgain } from './send-password-again.ts';
import type { Sender } from './sender.ts';

/** Ms after which a connection is old enough that its handshake has ended: API Gateway gives a function 29 seconds. */
const longestHandshake = 30_000;

/** A command on its way to a charger. */
type Departure = {
  readonly chargerKey: string;
  readonly sequence: string;
  readonly frame: string;
  readonly connectionId: string;
  /** The command in the words of the version that its charger speaks by now, where it was written in another one. */
  readonly rewritten?: Pick<Command, 'request' | 'frame' | 'protocol'>;
};

/** A charger's answer may not come: the deadline is set before the command leaves, so that no failure of ours keeps it in flight. */
async function depart(sender: Sender, departure: Departure, isNext: boolean) {
  const { database } = sender;
  const { chargerKey, sequence, frame, connectionId, rewritten } = departure;
  const now = sender.now();
  const words = isNext ? { rewritten } : { frame };
  const taken = await takeOff(database, chargerKey, sequence, now, isNext, words);
  if (taken !== 'taken') return taken;
  const sentAt = new Date(now).toISOString();
  await sender.send({ kind: 'deadline', chargerKey, sequence, sentAt }, answerSeconds);
  if ((await sender.post(connectionId, frame)) !== 'gone') return 'sent';
  const { failures } = await readLine(database, chargerKey);
  const heldUntil = sender.now() + deliveryPause(failures + 1) * 1000;
  await putBack(database, chargerKey, sequence, failures + 1, heldUntil);
  const connection = await readConnection(database, chargerKey);
  // A handshake that is still under way can be written to only when it has ended.
  const isOpening = sender.now() - Date.parse(connection?.connectedAt ?? '') < longestHandshake;
  if (!isOpening) {
    await endConnection(database, chargerKey, connectionId, new Date(sender.now()).toISOString());
  }
  return 'gone';
}

/** Commands in a row that may be found to have expired, or to have changed, in one run. */
const mostSteps = 200;

/** The state of a charger's line in which nothing can be sent, as it is noted; `moved` where it changed meanwhile. */
async function standStill(
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
async function meetDeadline(
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

/** Seconds for which the queue can hold back a message. */
const longestDelay = 900;

/**
 * Has a command that waits end when it expires, although nothing else may happen at its charger by then. One that lives for longer than the queue
 * holds back a message is looked at each time that is over.
 */
async function noteExpiry(
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
async function expire(sender: Sender, chargerKey: string, sequence: string): Promise<void> {
  const command = await readCommand(sender.database, chargerKey, sequence);
  if (command === undefined || hasEnded(command.state)) return;
  const now = new Date(sender.now()).toISOString();
  await (hasExpired(command, now)
    ? endExpired(sender.database, command)
    : noteExpiry(sender, command));
}

/** Sends a command that is being made where its charger can take one; else it waits with the others. Its message comes before it is written. */
async function sendMade(sender: Sender, message: MadeMessage): Promise<void> {
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

/** Does what a message to the sender asks for. */
export async function handleMessage(sender: Sender, message: CommandMessage): Promise<void> {
  if (message.kind === 'campaign') {
    await lookAtCampaign(sender, message);
    return;
  }
  if (message.kind === 'authority') {
    await haveAuthority(sender);
    return;
  }
  const { chargerKey } = message;
  switch (message.kind) {
    case 'made':
      await sendMade(sender, message);
      return;
    case 'deadline':
      await meetDeadline(sender, message);
      return;
    case 'next':
      await advanceCommands(sender, chargerKey);
      return;
    case 'expire':
      await expire(sender, chargerKey, message.sequence);
      return;
    case 'certify':
      await certifyCharger(sender, message);
      return;
    case 'renew':
      await askForRenewal(sender, message);
      return;
    case 'password':
      await sendPasswordAgain(sender, message);
      return;
    case 'cost':
      await pushRunningCost(sender, message);
      return;
    case 'offline':
      await noteOffline(sender, message);
      return;
    case 'configure':
      await askForSettings(sender, message);
      return;
    case 'compare':
      await setWhatDiffers(sender, message);
      return;
    case 'confirm':
      await noteLocalList(sender, message);
      return;
    default:
      message satisfies never;
  }
}
