import { CommandError } from '../../clients/command-error.ts';
import { callApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import { startProgress } from '../../fleet/replay/progress.ts';
import type { Command } from '../command.ts';
import { exportOperator, type Watch } from '../export/export-operator.ts';
import { exportScopes } from '../export/export-sections.ts';

/** `joulegate export all`: all data of an operator as files of JSON Lines, which `verify` and `verify-chain` check without a stack. */
export const exportAll: Command = {
  name: 'export all',
  summary: 'writes everything that an operator has into a folder; goes on where it was interrupted',
  usage: 'FOLDER',
  options: stackOptions,
  run: async (args) => {
    const [folder] = args.positionals;
    if (folder === undefined) {
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a folder for the export.');
    }
    const access = await findStack(args);
    const ask = async (path: string) => await callApi(access, 'GET', path);
    const progress = watcher();
    const now = (): string => new Date().toISOString();
    const { files, finishedAt } = await exportOperator(
      ask,
      { folder, url: access.http },
      now,
      progress,
    ).catch(explain);
    const counts = Object.fromEntries(
      Object.entries(files).map(([name, { lines }]) => [name, lines]),
    );
    return {
      exitCode: 0,
      json: { folder, finishedAt, lines: counts },
      text: Object.entries(counts)
        .map(([name, lines]) => `${String(lines).padStart(9)}  ${name}.jsonl`)
        .join('\n'),
    };
  },
};

const explain = (cause: unknown): never => {
  if (!(cause instanceof CommandError) || cause.code !== 'SCOPE_MISSING') throw cause;
  throw new CommandError(
    cause.code,
    `The API key may not read everything. An export needs ${exportScopes.join(',')}.`,
  );
};

/** A bar for each file that takes its time: one whose lines are fetched for each line of another. */
const watcher = (): Watch => {
  let current:
    | { readonly file: string; readonly bar: ReturnType<typeof startProgress> }
    | undefined;
  return (file, steps, of) => {
    if (of === undefined) return;
    if (current?.file !== file) current = { file, bar: startProgress(file, of) };
    current.bar.set(steps);
    if (steps >= of) current.bar.stop();
  };
};
