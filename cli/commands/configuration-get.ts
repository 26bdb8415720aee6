import { CommandError } from '../../clients/command-error.ts';
import { askApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';
import { otherLines, type ShownConfiguration, settingLine } from '../setting-line.ts';

/** `joulegate configuration get`: the settings that a charger should have, with their state, and those that it was heard to have. */
export const configurationGet: Command = {
  name: 'configuration get',
  summary: 'shows the settings of a charger beside those that it should have',
  usage: 'CHARGER',
  options: stackOptions,
  run: async (args) => {
    const [chargerId] = args.positionals;
    if (chargerId === undefined) throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a charger.');
    const access = await findStack(args);
    const path = `/chargers/${encodeURIComponent(chargerId)}/configuration`;
    const shown = await askApi<ShownConfiguration>(access, 'GET', path);
    const desired = new Set(shown.desired.map(({ key }) => key.toLowerCase()));
    const others = shown.settings.filter(({ key }) => !desired.has(key.toLowerCase()));
    const lines = [
      ...shown.desired.map(settingLine),
      ...otherLines(shown),
      ...others.map(({ key, value }) => `${''.padEnd(19)}${key} = ${value ?? ''}`),
      shown.comparedAt === null
        ? 'The charger has not been compared with what it should have.'
        : `Compared with what it should have at ${shown.comparedAt}.`,
    ];
    return { exitCode: 0, json: shown, text: lines.join('\n') };
  },
};
