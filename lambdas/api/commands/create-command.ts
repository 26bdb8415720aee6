import { commandSequence } from '../../../core/command/command-sequence.ts';
import { knownConfiguration } from '../../../core/command/known-configuration.ts';
import { listedSettings, splitCommand } from '../../../core/command/split-command.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { faultyCertificate } from '../../connection/fault-of-certificate.ts';
import { latestCommands } from '../../connection/latest-commands.ts';
import { messageOfNew, writeCommand } from '../../connection/write-command.ts';
import { refused } from '../../http/answer.ts';
import type { KeepAnswer } from '../../http/keep-answer.ts';
import { randomText } from '../../runtime/new-id.ts';
import { commandId } from '../../store/commands/command-id.ts';
import type { Command } from '../../store/commands/command-item.ts';
import {
  createCommands,
  type LineNote,
  mostCommandsAtOnce,
} from '../../store/commands/commands.ts';
import type { Caller } from '../api-route.ts';
import { chargerPresence } from './charger-presence.ts';
import type { CommandForm } from './command-form.ts';
import { commandView } from './command-view.ts';
import { findPlace, type Place } from './find-place.ts';
import { lifetimeOf } from './lifetime-of.ts';
import { placeOfFile } from './place-of-file.ts';
import { requestFromForm } from './request-from-form.ts';

/** Writes the command that a form means, at a place among those of its charger. */
async function commandFor(caller: Caller, place: Place, form: CommandForm, sequence: string) {
  const { operatorId, now } = caller;
  const { chargerKey, chargerId, connection, session, tariff, url, logId, firmware } = place;
  const { protocol } = connection;
  const transactionId = session?.transactionId;
  const beside = omitUndefined({
    protocol,
    sequence,
    now,
    transactionId,
    tariff,
    url,
    logId,
    firmware,
  });
  const draft = omitUndefined({
    sequence,
    chargerKey,
    operatorId,
    chargerId,
    sessionId: session?.sessionId,
    request: requestFromForm(form, beside),
    now,
    seconds: form.expiresInSeconds ?? lifetimeOf(form),
  });
  const written = await writeCommand(protocol, draft);
  if (written.kind === 'written') return written.command;
  const { code, reason } = written;
  return refused(code, reason === undefined ? undefined : [{ path: 'type', message: reason }]);
}

/** The commands that one request needs: several where its charger takes fewer settings in a message than it names. */
async function partsOf(
  caller: Caller,
  { chargerKey, renewedAt, connection }: Place,
  form: CommandForm,
): Promise<readonly CommandForm[]> {
  if (listedSettings(form) === undefined) return [form];
  const commands = await latestCommands(caller.database, { chargerKey, renewedAt });
  return splitCommand(connection.protocol, form, knownConfiguration(commands).settings);
}

/** How many milliseconds may be full before a command finds a place. */
const mostAttempts = 50;

/** The commands of one request: the first, and those for which its charger needs further messages. */
type Made = { readonly first: Command; readonly further: readonly Command[] };

/** Writes the commands of one request, at places from a time on (epoch ms). */
async function commandsFor(
  caller: Caller,
  place: Place,
  parts: readonly CommandForm[],
  at: number,
) {
  const commands: Command[] = [];
  for (const [behind, part] of parts.entries()) {
    const sequence = commandSequence(at + behind, randomText(1));
    const command = await commandFor(caller, place, part, sequence);
    if ('kind' in command) return command;
    commands.push(command);
  }
  const [first, ...further] = commands;
  if (first === undefined) throw new Error('A request makes one command at least');
  return { first, further } satisfies Made;
}

/** The message that has them sent. Several go in their order: messages may arrive in any, and each would leave at once. */
function messageOf({ first, further }: Made, { connection }: Place) {
  const { connectionId, ...waiting } = messageOfNew(first, connection);
  return further.length > 0 || connectionId === undefined ? waiting : { ...waiting, connectionId };
}

/**
 * Keeps the commands of one request with its answer, all or none: a request that is repeated or breaks off leaves no part of it behind. The
 * message that has them sent is in the queue before: none is kept that nobody sends.
 */
async function keep(
  caller: Caller,
  place: Place,
  parts: readonly CommandForm[],
  answer: (made: Made) => ReturnType<KeepAnswer> | undefined,
  note: Note | undefined,
) {
  const { database, now } = caller;
  for (let n = 0; n < mostAttempts; n += 1) {
    const made = await commandsFor(caller, place, parts, Date.parse(now) + n);
    if ('kind' in made) return made;
    await caller.sendCommandMessage(messageOf(made, place));
    const commands = [made.first, ...made.further] as const;
    const kept = await createCommands(database, commands, answer(made), note?.(made.first));
    // The answer of another request under the same key is there: whoever asked gets that one.
    if (kept === 'answered') return refused('IDEMPOTENCY_KEY_REUSED');
    if (kept === 'created') return made;
  }
  throw new Error('No place is free among the commands of this moment');
}

/** The note in the line of the charger that is kept with the commands of a request, by the first of them. */
type Note = (first: Command) => LineNote | undefined;

/** Makes a command, and has it sent; one that names more settings than its charger takes in a message becomes several. */
export async function createCommand(
  caller: Caller,
  chargerKey: string,
  form: CommandForm,
  keepAnswer: KeepAnswer | undefined,
  note?: Note,
) {
  const faulty = faultyCertificate(form, Date.parse(caller.now));
  if (faulty !== undefined) {
    return refused(faulty.code, [{ path: `body.${faulty.field}`, message: faulty.message }]);
  }
  const found = await findPlace(caller, chargerKey, form);
  if ('kind' in found) return found;
  const file = await placeOfFile(caller, chargerKey, form);
  if ('kind' in file) return file;
  const place = { ...found, ...file };
  return await createCommandFor(caller, place, form, keepAnswer, note);
}

/** Makes a command to a charger that was found, and has it sent; several where it takes fewer settings in a message, as createCommand does. */
export async function createCommandFor(
  caller: Caller,
  place: Place,
  form: CommandForm,
  keepAnswer?: KeepAnswer,
  note?: Note,
) {
  const parts = await partsOf(caller, place, form);
  if (parts.length > mostCommandsAtOnce) {
    const message = `The charger takes so few settings in a message that these need ${parts.length} commands; name fewer, so that ${mostCommandsAtOnce} are enough.`;
    return refused('INVALID_REQUEST', [{ path: 'body', message }]);
  }
  const viewOf = ({ first, further }: Made) => ({
    ...commandView(first, caller.now),
    ...chargerPresence(first, place.connection, caller.now),
    ...(further.length === 0 ? {} : { furtherCommandIds: further.map(idOf) }),
  });
  const made = await keep(caller, place, parts, (some) => keepAnswer?.(viewOf(some)), note);
  if ('kind' in made) return made;
  return { kind: 'created', view: viewOf(made) } as const;
}

const idOf = ({ sequence, chargerId }: Command): string => commandId(sequence, chargerId);
