import { hasEnded } from '../../core/command/command-state.ts';
import { changesToMake, questionsAbout } from '../../core/configuration/changes-to-make.ts';
import {
  type DesiredSetting,
  desiredSettings,
  type WantedCertificate,
} from '../../core/configuration/desired-configuration.ts';
import { questionsLeftOut, withoutAskedAgain } from '../../core/configuration/keys-left-out.ts';
import { listLimitKeys, mayBeStale } from '../../core/configuration/local-list.ts';
import {
  certificateQuestions,
  certificatesToInstall,
  wantedCertificates,
} from '../../core/configuration/wanted-certificates.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import { readChargerAndConnection } from '../store/chargers/charger-and-connection.ts';
import { noteConfigured, readConfiguration } from '../store/chargers/desired-configuration.ts';
import type { Command } from '../store/commands/command-item.ts';
import { comeAgain } from './come-again.ts';
import { giveLocalList, type SentList } from './give-local-list.ts';
import { makeCommands, type Place } from './make-command.ts';
import type { Sender } from './sender.ts';
import { hasToTryAgain, isAmong, openQuestions, readCommands, takenBefore } from './try-again.ts';

/** Seconds between two looks whether a charger has answered: it gets 30 to answer each command, and others may be before these. */
const pauses = [2, 5, 10, 30, 60, 120, 300] as const;

type MessageOf<Kind extends CommandMessage['kind']> = Extract<
  CommandMessage,
  { readonly kind: Kind }
>;

async function readAsked({ database }: Sender, chargerKey: string): Promise<Place | undefined> {
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  // One that was turned away owes no answer.
  const isAsked = charger !== undefined && charger.approval !== 'rejected';
  return isAsked && connection !== undefined ? { charger, connection } : undefined;
}

async function desiredOf(sender: Sender, { charger, connection }: Place) {
  const { operatorId, chargerKey } = charger;
  const found = await readConfiguration(sender.database, operatorId, chargerKey);
  const [operator, own] = [found.operator?.wanted, found.charger?.wanted];
  return {
    ...found,
    desired: desiredSettings(connection.protocol, operator, own),
    certificates: wantedCertificates(operator, own),
  };
}

/** Everything that shows whether a charger is as it should be. */
function questionsFor(
  { charger, connection }: Place,
  { desired, certificates, list }: Awaited<ReturnType<typeof desiredOf>>,
) {
  const { protocol } = connection;
  const hasList = list !== undefined;
  const limits = hasList ? listLimitKeys(protocol) : [];
  return [
    ...questionsAbout(protocol, desired, charger.connectors, limits),
    ...(hasList ? [{ type: 'local-list-version' } as const] : []),
    ...certificateQuestions(certificates),
  ];
}

/** Asks a charger for what it should have in a certain way; nothing where nothing is wanted of it. */
export async function askForSettings(
  sender: Sender,
  message: MessageOf<'configure'>,
): Promise<void> {
  const { operatorId, chargerKey, isRetry = false, changedAt = '' } = message;
  const place = await readAsked(sender, chargerKey);
  if (place === undefined) return;
  const found = await desiredOf(sender, place);
  if ((found.charger?.changedAt ?? '') < changedAt) {
    await comeAgain(sender, message, Date.parse(changedAt));
    return;
  }
  if (isRetry && !(await hasToTryAgain(sender, chargerKey, found))) return;
  const { version, configured } = found;
  // One that was tried before is tried again; any other time it starts over.
  const { open, attempts } = isRetry && configured?.version === version ? configured : {};
  const askedAt = new Date(sender.now()).toISOString();
  const questions = questionsFor(place, found);
  await noteConfigured(sender.database, chargerKey, {
    ...(configured?.list === undefined ? {} : { list: configured.list }),
    version,
    askedAt,
    ...omitUndefined({ open, attempts }),
    ...(questions.length === 0 ? { comparedAt: askedAt } : {}),
  });
  if (questions.length === 0) return;
  const sequences = await makeCommands(sender, place, questions);
  await sender.send({ kind: 'compare', operatorId, chargerKey, sequences, looks: 0 }, pauses[0]);
}

/** Has a message come again after the next pause; false where the last one is over. */
async function lookAgain(sender: Sender, message: MessageOf<'compare' | 'confirm'>) {
  const pause = pauses[message.looks + 1];
  if (pause === undefined) return false;
  await sender.send({ ...message, looks: message.looks + 1 }, pause);
  return true;
}

/** The commands that a message waits for; undefined while one has not ended: then the message comes again. */
async function endedCommands(
  sender: Sender,
  message: MessageOf<'compare'> | MessageOf<'confirm'>,
): Promise<readonly Command[] | undefined> {
  const commands = await readCommands(sender, message.chargerKey, message.sequences);
  if (commands.every(({ state }) => hasEnded(state))) return commands;
  await lookAgain(sender, message);
  return undefined;
}

const sendConfirm = async (
  sender: Sender,
  { operatorId, chargerKey, sequences: asked }: MessageOf<'compare' | 'confirm'>,
  sent: SentList | undefined,
  questions: readonly string[] = asked,
): Promise<void> => {
  if (sent === undefined) return;
  const message = {
    kind: 'confirm',
    operatorId,
    chargerKey,
    ...sent,
    questions,
    looks: 0,
  } as const;
  await sender.send(message, pauses[0]);
};

/** The certificates to install; the reader of certificates is loaded with the first one that is wanted. */
async function missingCertificates(
  wanted: readonly WantedCertificate[],
  commands: readonly Command[],
) {
  if (wanted.length === 0) return [];
  const { readRootCertificate } = await import('../../core/command/read-certificate.ts');
  return certificatesToInstall(wanted, commands, readRootCertificate);
}

const settingAnswers = (commands: readonly Command[]) =>
  withoutAskedAgain(commands)
    .filter(({ request }) => request.type === 'get-configuration')
    .map(({ outcome }) => outcome);

const settingsToSet = (desired: readonly DesiredSetting[], commands: readonly Command[]) =>
  changesToMake(desired, settingAnswers(commands));

/** Asks a charger for the settings that it left out of its answers, where it may answer them in smaller messages; false where it may not. */
async function askForLeftOut(
  sender: Sender,
  place: Place,
  message: MessageOf<'compare'>,
  commands: readonly Command[],
): Promise<boolean> {
  const questions = questionsLeftOut(place.connection.protocol, commands);
  if (questions.length === 0) return false;
  const made = await makeCommands(sender, place, questions);
  if (made.length === 0) return false;
  const sequences = [...message.sequences, ...made];
  await sender.send({ ...message, sequences, looks: 0 }, pauses[0]);
  return true;
}

/** Gives a charger what it lacks once it has answered; looks again while it has not, and while a token was just changed. */
export async function setWhatDiffers(sender: Sender, message: MessageOf<'compare'>): Promise<void> {
  const { chargerKey } = message;
  const place = await readAsked(sender, chargerKey);
  if (place === undefined) return;
  const found = await desiredOf(sender, place);
  const { version, desired, configured, certificates } = found;
  // Another change came meanwhile, and asks itself; or this message came twice.
  if (configured?.version !== version || configured.comparedAt !== undefined) return;
  const commands = await endedCommands(sender, message);
  if (commands === undefined) return;
  if (await askForLeftOut(sender, place, message, commands)) return;
  const settings = settingsToSet(desired, commands);
  // No answer came: the next connection or boot asks again.
  if (settings === undefined) return;
  const isEarly = found.list !== undefined && mayBeStale(found.list, sender.now());
  if (isEarly && (await lookAgain(sender, message))) return;
  const taken = await takenBefore(sender, chargerKey, found);
  const changes = [
    ...settings.filter((setting) => !isAmong(taken, setting)),
    ...(await missingCertificates(certificates, commands)),
  ];
  const made = await makeCommands(sender, place, changes);
  const list = await giveLocalList(sender, place, found, commands, true);
  await sendConfirm(sender, message, list);
  const waiting = [...openQuestions(sender, commands), ...taken].map(({ sequence }) => sequence);
  const { attempts = 0, open: _before, ...rest } = configured;
  // Whether they are taken is seen when the charger connects again: it may be gone before it has answered.
  const open = [...made, ...(list?.sequences ?? []), ...waiting];
  await noteConfigured(sender.database, chargerKey, {
    ...rest,
    comparedAt: new Date(sender.now()).toISOString(),
    ...(open.length === 0 ? {} : { open, attempts: attempts + 1 }),
  });
}

const isMismatch = ({ outcome }: Command): boolean =>
  outcome?.kind === 'rejected' && outcome.reason === 'version-mismatch';

/** Notes that a charger took its local list; one that does not take changes of its list is sent the whole one. */
export async function noteLocalList(sender: Sender, message: MessageOf<'confirm'>): Promise<void> {
  const { chargerKey, given, isFull, questions } = message;
  const place = await readAsked(sender, chargerKey);
  if (place === undefined) return;
  const found = await desiredOf(sender, place);
  const { configured } = found;
  if (configured === undefined) return;
  const commands = await endedCommands(sender, message);
  if (commands === undefined) return;
  if (commands.every(({ state }) => state === 'accepted')) {
    await noteConfigured(sender.database, chargerKey, { ...configured, list: given });
    return;
  }
  if (isFull || !commands.some(isMismatch)) return;
  const answers = await readCommands(sender, chargerKey, questions);
  const sent = await giveLocalList(sender, place, found, answers, false);
  if (sent === undefined) return;
  await sendConfirm(sender, message, sent, questions);
  const open = [...(configured.open ?? []), ...sent.sequences];
  await noteConfigured(sender.database, chargerKey, { ...configured, open });
}
