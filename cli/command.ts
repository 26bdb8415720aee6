import type { ParseArgsConfig } from 'node:util';
import { CommandError } from '../clients/command-error.ts';

/** The result of a command: one JSON value for `--json`, text for people, and the exit status. */
export type CommandResult = {
  readonly exitCode: 0 | 1;
  readonly json: unknown;
  readonly text: string;
};

/** Arguments of a command as `node:util` parsed them. */
export type CommandArguments = {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
};

/** A command of the operator's CLI. */
export type Command = {
  /** One to three words, as typed. */
  readonly name: string;
  readonly summary: string;
  /** The text after the name in the help. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  readonly run: (args: CommandArguments) => Promise<CommandResult>;
};

/** The text of an option, or undefined when it was not given. */
export const textOption = (args: CommandArguments, name: string): string | undefined => {
  const value = args.values[name];
  return typeof value === 'string' ? value : undefined;
};

/** A whole number from `least` on given as an option, or the default; anything else is a CommandError. */
export const countOption = (
  args: CommandArguments,
  name: string,
  fallback: number,
  least = 1,
): number => {
  const text = textOption(args, name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new CommandError(
    'CLI_OPTION_INVALID',
    `--${name} must be a whole number of at least ${least}.`,
  );
};
