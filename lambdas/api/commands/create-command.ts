import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import { passwordForms } from '../../../core/charger/password-forms.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { knownConfiguration } from '../../../core/command/known-configuration.ts';
import { passwordsIn } from '../../../core/command/secret-settings.ts';
import { listedSettings, splitCommand } from '../../../core/command/split-command.ts';
import { isOurStop } from '../../../core/session/is-our-stop.ts';
import type { Session } from '../../../core/session/session.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { tokenLength, transferUrl } from '../../bucket/file-routes.ts';
import { faultyCertificate } from '../../connection/fault-of-certificate.ts';
import { latestCommands } from '../../connection/latest-commands.ts';
import { offerFirmware } from '../../connection/offer-firmware.ts';
import { messageOfNew, writeCommand } from '../../connection/write-command.ts';
import { refused } from '../../http/answer.ts';
import type { KeepAnswer } from '../../http/keep-answer.ts';
import { randomText } from '../../runtime/new-id.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import { type Charger, readCharger } from '../../store/chargers/chargers.ts';
import type { Connection } from '../../store/chargers/connections.ts';
import { commandId } from '../../store/commands/command-id.ts';
import type { Command } from '../../store/commands/command-item.ts';
import {
  createCommands,
  type LineNote,
  mostCommandsAtOnce,
} from '../../store/commands/commands.ts';
import type { Firmware } from '../../store/files/firmware.ts';
import { createTransfer, transferIdOf } from '../../store/files/transfers.ts';
import { readVersionInForce } from '../../store/tariffs/tariffs.ts';
import type { Caller } from '../api-route.ts';
import { ownFirmware } from '../firmware/own-firmware.ts';
import { ownSession } from '../sessions/own-session.ts';
import { chargerPresence } from './charger-presence.ts';
import type { CommandForm } from './command-form.ts';
import { commandView } from './command-view.ts';
import { requestFromForm } from './request-from-form.ts';

/** Seconds after which a command to a charger that is offline becomes pointless, where it does not say so itself. */
const lifetimeOf = ({ type }: CommandForm): number =>
  type === 'start' || type === 'stop' || type === 'unlock' ? 120 : 86_400;

/** Seconds that a charger has to upload a log after it was last possible to ask it: some wait until nobody charges. */
const secondsToUpload = 604_800;

/** The charger of a command, and all else that writing it takes. */
export type Place = Pick<Command, 'chargerKey' | 'chargerId'> & {
  /** When a charger was registered again under the id of a deleted one, ISO 8601 in UTC. */
  readonly renewedAt?: string | undefined;
  readonly connection: Connection;
  /** The session that a `stop` is to end. */
  readonly session: Session | undefined;
  /** The tariff of ours that a message about a tariff names, as it holds now. */
  readonly tariff?: Tariff;
  /** Where the charger leaves the file that it is asked for, where that is here. */
  readonly url?: string;
  readonly logId?: string;
  /** The firmware of ours that it is to download. */
  readonly firmware?: Firmware;
};

/** The id of the tariff of ours that a message about a tariff names; one that brings a tariff in the words of OCPP names none. */
const namedTariff = (form: CommandForm): string | undefined => {
  if (form.type !== 'set-default-tariff' && form.type !== 'change-transaction-tariff') return;
  const { tariffId } = form as { readonly tariffId?: unknown };
  return typeof tariffId === 'string' ? tariffId : undefined;
};

/** One that we ended because its stop had not come may still run at its charger. */
const mayStillRun = ({ state, stop }: Session): boolean =>
  state === 'active' || (state === 'ended' && stop !== undefined && isOurStop(stop));

/** A charger that waits to be accepted may be asked and set, but not charge; one that was turned away owes no answer (OCPP 2.0.1 B02, B03). */
const mayBeCommanded = ({ approval }: Charger, { type }: CommandForm): boolean =>
  approval === undefined || (approval === 'pending' && type !== 'start' && type !== 'stop');

/**
 * Whether a charger could connect with the passwords that a command gives it. They are read as of now: whoever registered one may
 * have done so a moment ago.
 */
async function knowsPasswords(
  { database }: Caller,
  chargerKey: string,
  form: CommandForm,
): Promise<boolean> {
  const given = passwordsIn(form);
  if (given.length === 0) return true;
  const charger = await readCharger(database, chargerKey, true);
  const hashes = [charger?.passwordHash, charger?.newPasswordHash];
  const isKnown = (password: string): boolean =>
    passwordForms(password).some((one) => hashes.includes(secretHash(one)));
  return given.every(isKnown);
}

/** Finds the charger and, for a `stop`, the session; or says why there can be no such command. */
async function findPlace(caller: Caller, chargerKey: string, form: CommandForm) {
  const { charger, connection } = await readChargerAndConnection(caller.database, chargerKey);
  if (charger === undefined) return refused('CHARGER_NOT_FOUND');
  if (connection === undefined) return refused('CHARGER_NEVER_CONNECTED');
  if (!mayBeCommanded(charger, form)) return refused('CHARGER_NOT_ACCEPTED');
  if (!(await knowsPasswords(caller, chargerKey, form))) return refused('PASSWORD_NOT_REGISTERED');
  const { chargerId, renewedAt } = charger;
  const place = { chargerKey, chargerId, renewedAt, connection };
  const tariffId = namedTariff(form);
  if (tariffId !== undefined) {
    const found = await readVersionInForce(
      caller.database,
      caller.operatorId,
      tariffId,
      caller.now,
    );
    if (found === undefined) return refused('TARIFF_NOT_FOUND');
    return { ...place, session: undefined, tariff: found.tariff } satisfies Place;
  }
  if (form.type !== 'stop') return { ...place, session: undefined } satisfies Place;
  const session = (await ownSession(caller, form.sessionId))?.session;
  if (session === undefined) return refused('SESSION_NOT_FOUND');
  if (chargerKeyOf(session.operatorId, session.chargerId) !== chargerKey) {
    return refused('SESSION_NOT_FOUND');
  }
  if (!mayStillRun(session)) return refused('SESSION_NOT_ACTIVE');
  return { ...place, session } satisfies Place;
}

/** Makes the URL at which a charger finds a firmware of ours. */
async function placeOfFirmware(
  caller: Caller,
  chargerKey: string,
  form: Extract<CommandForm, { readonly type: 'update-firmware' }>,
) {
  const { firmwareId, url, retrieveAt } = form;
  if ((firmwareId === undefined) === (url === undefined)) {
    const message = 'Give either url or firmwareId.';
    return refused('INVALID_REQUEST', [{ path: 'body.firmwareId', message }]);
  }
  if (firmwareId === undefined) return {};
  const firmware = await ownFirmware(caller, firmwareId);
  if (firmware === undefined) return refused('FIRMWARE_NOT_FOUND');
  if (firmware.uploadedAt === undefined) return refused('FIRMWARE_NOT_UPLOADED');
  const now = Date.parse(caller.now);
  const signed = form.signed ?? firmware.signed;
  const fault = faultyCertificate({ ...form, signed }, now);
  if (fault !== undefined) {
    return refused(fault.code, [{ path: 'body.firmwareId', message: fault.message }]);
  }
  const later = Math.max(0, Date.parse(retrieveAt ?? caller.now) - now) / 1000;
  const seconds = Math.ceil(later) + (form.expiresInSeconds ?? lifetimeOf(form));
  return {
    firmware,
    url: await offerFirmware(caller.database, firmware, chargerKey, now, seconds),
  };
}

/** Makes the URL at which a charger leaves a log that is to be kept here: no longer than 2.0.1 allows, unlike one of S3. */
async function placeOfFile(caller: Caller, chargerKey: string, form: CommandForm) {
  if (form.type === 'update-firmware') return await placeOfFirmware(caller, chargerKey, form);
  const { database, operatorId, now } = caller;
  if (form.type !== 'get-logs' || form.url !== undefined) return {};
  const token = randomText(tokenLength);
  const seconds = (form.expiresInSeconds ?? lifetimeOf(form)) + secondsToUpload;
  const logId = transferIdOf(token);
  await createTransfer(database, {
    transferId: logId,
    operatorId,
    chargerKey,
    expiresAt: Math.floor(Date.parse(now) / 1000) + seconds,
  });
  return { url: transferUrl(token), logId };
}

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

/** Makes a command to a charger that was found, and has it sent; several as above. */
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
