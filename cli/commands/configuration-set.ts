import { CommandError } from '../../clients/command-error.ts';
import { askApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';

type Settings = Readonly<Record<string, string | null>>;
type Desired = {
  readonly useDefaults: boolean | null;
  readonly ocpp16: Settings;
  readonly ocpp2: Settings;
};

/** A key of OCPP 2 has a component in front: `SampledDataCtrlr.TxUpdatedInterval`. */
const isOfOcpp2 = (key: string): boolean =>
  /^[A-Z]\w*(?:\[[^\]]*\])?(?:@\d+(?:\/\d+)?)?\.\w/.test(key);

/** A setting and its value from `KEY=VALUE`; null from `KEY` alone. */
const settingOf = (word: string): readonly [string, string | null] => {
  const at = word.indexOf('=');
  const key = at < 0 ? word : word.slice(0, at);
  if (key === '') {
    throw new CommandError('CLI_ARGUMENT_INVALID', `"${word}" is not of the form KEY=VALUE.`);
  }
  return [key, at < 0 ? null : word.slice(at + 1)];
};

const withSetting = (settings: Settings, key: string, value: string | null): Settings => ({
  ...Object.fromEntries(
    Object.entries(settings).filter(([one]) => one.toLowerCase() !== key.toLowerCase()),
  ),
  [key]: value,
});

/**
 * A desired configuration with the changes that the words of a command line name: `KEY=VALUE`; `KEY=` for an empty value, and
 * `KEY` alone to leave the setting to the charger.
 */
export const withSettings = (desired: Desired, words: readonly string[]): Desired => {
  let { ocpp16, ocpp2 } = desired;
  for (const [key, value] of words.map(settingOf)) {
    if (isOfOcpp2(key)) ocpp2 = withSetting(ocpp2, key, value);
    else ocpp16 = withSetting(ocpp16, key, value);
  }
  return { useDefaults: desired.useDefaults, ocpp16, ocpp2 };
};

/** `joulegate configuration set`: changes settings that a charger, or with `--all` every charger, should have. */
export const configurationSet: Command = {
  name: 'configuration set',
  summary: 'changes settings that a charger should have, or all should',
  usage: 'CHARGER|--all KEY=VALUE …',
  options: { ...stackOptions, all: { type: 'boolean' } },
  run: async (args) => {
    const isForAll = args.values['all'] === true;
    const [chargerId, ...rest] = args.positionals;
    const words = isForAll ? args.positionals : rest;
    if (words.length === 0 || (!isForAll && chargerId === undefined)) {
      throw new CommandError(
        'CLI_ARGUMENT_MISSING',
        'Name a charger, or --all, and settings as KEY=VALUE.',
      );
    }
    const path = isForAll
      ? '/settings/configuration'
      : `/chargers/${encodeURIComponent(chargerId ?? '')}/desired-configuration`;
    const access = await findStack(args);
    const desired = withSettings(await askApi<Desired>(access, 'GET', path), words);
    const json = await askApi<Desired>(access, 'PUT', path, desired);
    const text = isForAll
      ? 'Each charger gets it after its next connection, within two hours.'
      : 'A charger that is connected gets it now, any other when it connects.';
    return { exitCode: 0, json, text };
  },
};
