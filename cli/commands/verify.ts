import { CommandError } from '../../clients/command-error.ts';
import type { CdrVerdict } from '../../core/cdr/verify/verify-cdr.ts';
import { type Command, textOption } from '../command.ts';
import { keyOptions, keyUsage } from '../key-options.ts';

/**
 * `joulegate verify`: checks a CDR of ours against itself, its seal, its readings and its predecessor, as far as they
 * are given, or found in an export; status 1 unless it is sealed and no check fails. Any JSON gets a verdict.
 */
export const verify: Command = {
  name: 'verify',
  summary: 'recomputes a CDR from its evidence and checks its chain and signature',
  usage: `CDR.json|CDR_ID [--readings R.json] [--previous CDR.json] [--export FOLDER] ${keyUsage}`,
  options: {
    readings: { type: 'string' },
    previous: { type: 'string' },
    export: { type: 'string' },
    ...keyOptions,
  },
  run: async (args) => {
    const path = args.positionals[0];
    if (path === undefined)
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name the CDR file, or - for standard input.');
    const folder = textOption(args, 'export');
    const { verdictOnDocument, verdictOnExported } = await import('../verdict-on-document.ts');
    const { verdict, cdrId } =
      folder === undefined
        ? await verdictOnDocument(args, path)
        : await verdictOnExported(args, folder, path);
    const lines = verdict.checks.map(
      ({ check, outcome, message }) => `  ${outcome.padEnd(8)} ${check.padEnd(11)} ${message}`,
    );
    return {
      exitCode: verdict.valid ? 0 : 1,
      json: verdict,
      text: [`${cdrId ?? path}: ${words[verdict.verdict]}`, ...lines].join('\n'),
    };
  },
};

const words: Readonly<Record<CdrVerdict['verdict'], string>> = {
  valid: 'valid',
  'not valid': 'NOT valid',
  'not sealed': 'not sealed, so nothing proves it',
};
