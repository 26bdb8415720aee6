import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { BodyOf } from '../../clients/typescript/create-client.ts';
import type { Command } from '../command.ts';
import { readJsonFile } from '../read-json-file.ts';

/** `joulegate tariffs create`: creates a tariff from a JSON file. */
export const tariffsCreate: Command = {
  name: 'tariffs create',
  summary: 'creates a tariff from a JSON file, with warnings about what may not be meant',
  usage: 'TARIFF.json',
  options: stackOptions,
  run: async (args) => {
    const [file] = args.positionals;
    if (file === undefined) throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a JSON file.');
    // The API says which field is wrong.
    const body = (await readJsonFile(file)) as BodyOf<'POST /tariffs'>;
    const made = await operatorApi(await findStack(args)).call('POST /tariffs', { body });
    const warnings = made.warnings.map(({ path, message }) => `  ${path}: ${message}`);
    return { exitCode: 0, json: made, text: [made.tariffId, ...warnings].join('\n') };
  },
};
