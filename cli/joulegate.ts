import { parseArgs } from 'node:util';
import { CommandError } from '../clients/command-error.ts';
import type { Command, CommandResult } from './command.ts';
import { endOnClosedPipe } from './end-on-closed-pipe.ts';
import { everyCommand } from './every-command.ts';
import { findCommand, splitLeadingOptions } from './find-command.ts';

const help = (): string =>
  [
    'joulegate: the operator’s command line',
    '',
    ...everyCommand.map(
      (command) => `  ${`${command.name} ${command.usage}`.padEnd(72)} ${command.summary}`,
    ),
    '',
    'Every command takes --json to print one JSON value alone. Options may come before or after the name of the command.',
    'Commands that need a stack find the local one by its data directory, $JOULEGATE_DATA_DIR (.local unless set):',
    'set it here as it was set where the stack was started;',
    'for another: --url https://… --charger-url wss://… --api-key jg_live_… (or JOULEGATE_API_KEY).',
  ].join('\n');

/** How one command is used: `joulegate price --help`, or `joulegate help price`. */
const helpOf = ({ name, usage, summary, options }: Command): CommandResult => {
  const line = `joulegate ${name} ${usage}`.trimEnd();
  const others = [...Object.keys(options), 'json'].map((option) => `--${option}`);
  return {
    exitCode: 0,
    json: { usage: line, summary, options: others },
    text: [`Usage: ${line}`, '', summary, '', `Options: ${others.join(' ')}`].join('\n'),
  };
};

const helpWords: readonly string[] = ['--help', '-h'];

const run = async (command: Command, words: readonly string[]): Promise<CommandResult> => {
  const parsed = parse(command, words);
  return command.run({ positionals: parsed.positionals, values: parsed.values });
};

const parse = (command: Command, words: readonly string[]) => {
  try {
    return parseArgs({
      args: [...words],
      options: { json: { type: 'boolean' }, ...command.options },
      allowPositionals: true,
    }) as { positionals: string[]; values: Record<string, string | boolean | undefined> };
  } catch (error) {
    throw new CommandError(
      'CLI_OPTION_INVALID',
      `${sentenceOf(error)} Usage: joulegate ${command.name} ${command.usage}`,
    );
  }
};

/** The objection of parseArgs, without its advice about words that begin with a hyphen. */
const sentenceOf = (error: unknown): string =>
  `${(error as Error).message.split(/\.\s|\.?\n/)[0]?.replace(/\.$/, '')}.`;

const fail = (code: string, message: string, json: boolean): void => {
  process.stderr.write(`joulegate: ${message} (${code})\n`);
  if (json) process.stdout.write(`${JSON.stringify({ code, message })}\n`);
  process.exitCode = 1;
};

endOnClosedPipe();
const words = process.argv.slice(2);
const json = words.includes('--json');
const { options, others } = splitLeadingOptions(everyCommand, words);
const named = others[0] === 'help' ? others.slice(1) : others;
const asksForHelp = others[0] === 'help' || words.some((word) => helpWords.includes(word));
const found = findCommand(everyCommand, { options, others: named });
if (found === undefined) {
  if (others.length === 0 || asksForHelp) process.stdout.write(`${help()}\n`);
  else
    fail(
      'CLI_COMMAND_UNKNOWN',
      `There is no command "${named.join(' ')}". Try "joulegate help".`,
      json,
    );
} else {
  try {
    const result = asksForHelp ? helpOf(found.command) : await run(found.command, found.rest);
    process.stdout.write(json ? `${JSON.stringify(result.json)}\n` : `${result.text}\n`);
    process.exitCode = result.exitCode;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    fail(error.code, error.message, json);
  }
}
