import { omitUndefined } from '../units/omit-undefined.ts';
import type { CommandOutcome, ConfigurationKey } from './command-outcome.ts';
import type { CommandRequest } from './command-request.ts';
import { shownValue } from './secret-settings.ts';

/** A command with the answer that its charger gave. */
export type AnsweredCommand = {
  readonly request: CommandRequest;
  readonly outcome?: CommandOutcome;
  /** ISO 8601 in UTC. */
  readonly finishedAt?: string;
};

/** A setting of a charger, and when it was heard last, ISO 8601 in UTC. */
export type KnownSetting = ConfigurationKey & { readonly reportedAt: string };

/** The settings of a charger as far as commands have shown them. */
export type KnownConfiguration = {
  readonly settings: readonly KnownSetting[];
  /** The keys that the charger said that it does not have. */
  readonly unknownKeys: readonly string[];
  /** Values that the charger took and has after its next restart, by key. */
  readonly awaitingRestart: readonly { readonly key: string; readonly value: string }[];
};

const isWhole = ({ request, outcome }: AnsweredCommand): boolean =>
  request.type === 'get-configuration' &&
  (request.keys ?? []).length === 0 &&
  outcome?.kind === 'accepted' &&
  outcome.data?.kind === 'configuration';

type Known = {
  readonly settings: Map<string, KnownSetting>;
  readonly unknown: Map<string, string>;
  readonly awaiting: Map<string, { readonly key: string; readonly value: string }>;
};

const note = (known: Known, setting: KnownSetting): void => {
  const key = setting.key.toLowerCase();
  const { value } = setting;
  const shown = value === undefined ? {} : { value: shownValue(key, value) };
  // The mark of an earlier answer is not of this value.
  const { mark: _mark, ...before } = known.settings.get(key) ?? {};
  known.settings.set(key, { ...before, ...setting, ...shown });
  known.unknown.delete(key);
  known.awaiting.delete(key);
};

const noteUnknown = (known: Known, key: string): void => {
  known.settings.delete(key.toLowerCase());
  known.unknown.set(key.toLowerCase(), key);
  known.awaiting.delete(key.toLowerCase());
};

const learn = (
  known: Known,
  { request, outcome, finishedAt: reportedAt }: AnsweredCommand,
): void => {
  if (outcome?.kind !== 'accepted' || reportedAt === undefined) return;
  if (request.type === 'set-configuration' && outcome.remark === undefined) {
    note(known, { key: request.key, value: request.value, reportedAt });
  }
  if (request.type === 'set-configuration' && outcome.remark === 'reboot-required') {
    const { key, value } = request;
    known.awaiting.set(key.toLowerCase(), { key, value: shownValue(key, value) });
  }
  if (request.type !== 'get-configuration' || outcome.data?.kind !== 'configuration') return;
  for (const setting of outcome.data.keys) note(known, { ...omitUndefined(setting), reportedAt });
  for (const key of outcome.data.unknownKeys) noteUnknown(known, key);
};

/**
 * The configuration of a charger: the latest answer that has all settings, with every single one that was asked for or set
 * later. Keys are the same in upper and lower case. `commands` are the charger's, the latest first.
 */
export const knownConfiguration = (commands: readonly AnsweredCommand[]): KnownConfiguration => {
  const whole = commands.findIndex(isWhole);
  const since = whole < 0 ? commands : commands.slice(0, whole + 1);
  const known: Known = { settings: new Map(), unknown: new Map(), awaiting: new Map() };
  for (const command of since.toReversed()) learn(known, command);
  return {
    settings: [...known.settings.entries()]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([, setting]) => setting),
    unknownKeys: [...known.unknown.values()].sort(),
    awaitingRestart: [...known.awaiting.values()],
  };
};
