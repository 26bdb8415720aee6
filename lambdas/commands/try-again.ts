import { shownValue } from '../../core/command/secret-settings.ts';
import { listVersion } from '../../core/configuration/local-list.ts';
import { standingOf } from '../../core/configuration/open-changes.ts';
import {
  type ConfigurationOfCharger,
  noteConfigured,
} from '../store/chargers/desired-configuration.ts';
import type { Command } from '../store/commands/command-item.ts';
import { readCommand } from '../store/commands/commands.ts';
import type { Sender } from './sender.ts';

/** Reads commands of a charger by their places; those that are kept no longer are left out. */
export const readCommands = async (
  { database }: Sender,
  chargerKey: string,
  sequences: readonly string[],
): Promise<readonly Command[]> => {
  const read = async (sequence: string) => await readCommand(database, chargerKey, sequence);
  const found = await Promise.all(sequences.map(read));
  return found.filter((command) => command !== undefined);
};

/** Whether a charger has taken the list that it should have, by whichever messages. */
const hasList = ({ list, configured }: ConfigurationOfCharger): boolean =>
  list !== undefined && configured?.list?.version === listVersion(list);

/** Whether something that a charger was given is to be tried again; where all of it was taken, or never will be, that is noted. */
export async function hasToTryAgain(
  sender: Sender,
  chargerKey: string,
  found: ConfigurationOfCharger,
): Promise<boolean> {
  const { configured, version } = found;
  const isCompared = configured?.version === version && configured.comparedAt !== undefined;
  if (!isCompared || configured.open === undefined) return !isCompared;
  const commands = await readCommands(sender, chargerKey, configured.open);
  const now = new Date(sender.now()).toISOString();
  const standings = commands
    .filter(({ request: { type } }) => type !== 'local-list' || !hasList(found))
    .map((command) => standingOf(command, now));
  // One that still waits gets its turn now that the charger is there.
  if (standings.includes('under-way')) return false;
  if (standings.includes('open')) return true;
  const { open: _closed, attempts: _ended, ...rest } = configured;
  await noteConfigured(sender.database, chargerKey, rest);
  return false;
}

/** The questions that a charger may answer another time; one that cannot say its settings is given them without. */
export const openQuestions = (
  { now }: Sender,
  questions: readonly Command[],
): readonly Command[] => {
  const at = new Date(now()).toISOString();
  return questions.filter(
    (command) => command.request.type !== 'get-configuration' && standingOf(command, at) === 'open',
  );
};

/** The settings that a charger took when it was given them before: it is not given them again, since many restart for it. */
export async function takenBefore(
  sender: Sender,
  chargerKey: string,
  { configured }: ConfigurationOfCharger,
): Promise<readonly Command[]> {
  const commands = await readCommands(sender, chargerKey, configured?.open ?? []);
  return commands.filter(
    ({ request, state }) => request.type === 'set-configuration' && state === 'accepted',
  );
}

/** Whether a change is one of those that a charger took, whose secrets are kept no longer. */
export const isAmong = (
  taken: readonly Command[],
  change: { readonly key: string; readonly value: string },
): boolean =>
  taken.some(
    ({ request }) =>
      request.type === 'set-configuration' &&
      request.key === change.key &&
      [change.value, shownValue(change.key, change.value)].includes(request.value),
  );
