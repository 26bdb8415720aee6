import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Client } from '../../clients/typescript/create-client.ts';
import { type Command, type CommandArguments, textOption } from '../command.ts';
import { startCount } from '../export/count-progress.ts';
import { csvLine } from '../export/csv-line.ts';
import { listColumns, valueAt } from '../export/list-columns.ts';

type Span = { readonly from?: string; readonly to?: string };

type ListName = keyof typeof listColumns;

/** A list that can be exported: what `--from` and `--to` are in it, undefined where its things have no time. */
type ExportedList = {
  readonly span: string | undefined;
  readonly read: (client: Client, span: Span) => AsyncIterable<object>;
};

const lists: Readonly<Record<ListName, ExportedList>> = {
  sessions: { span: 'times', read: (client, query) => client.list('GET /sessions', { query }) },
  cdrs: { span: 'times', read: (client, query) => client.list('GET /cdrs', { query }) },
  days: { span: 'dates', read: (client, query) => client.list('GET /analytics/days', { query }) },
  months: {
    span: 'months',
    read: (client, query) => client.list('GET /analytics/months', { query }),
  },
  chargers: { span: undefined, read: (client) => client.list('GET /chargers') },
  tokens: { span: undefined, read: (client) => client.list('GET /tokens') },
  tariffs: { span: undefined, read: (client) => client.list('GET /tariffs') },
  payments: { span: undefined, read: (client) => client.list('GET /payments') },
};

/** The range of a list that is asked for; a list whose things have no time refuses one instead of writing everything. */
function spanOf(args: CommandArguments, name: ListName): Span {
  const [from, to] = [textOption(args, 'from'), textOption(args, 'to')];
  if ((from ?? to) !== undefined && lists[name].span === undefined) {
    const others = Object.keys(lists).filter((one) => isListName(one) && lists[one].span);
    throw new CommandError(
      'CLI_OPTION_INVALID',
      `${name} are written whole: --from and --to are for ${others.join(', ')}.`,
    );
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

const isListName = (name: string): name is ListName => Object.hasOwn(lists, name);

/** How things are written: the header, and the line of each. */
type Format = { readonly header: string; readonly lineOf: (thing: object) => string };

function formatOf(args: CommandArguments, name: ListName, file: string): Format {
  const text = textOption(args, 'format') ?? (file.endsWith('.csv') ? 'csv' : 'jsonl');
  switch (text) {
    case 'jsonl':
      return { header: '', lineOf: (thing) => `${JSON.stringify(thing)}\n` };
    case 'csv': {
      const columns = listColumns[name];
      const lineOf = (thing: object): string =>
        csvLine(columns.map((column) => valueAt(thing, column)));
      return { header: csvLine(columns), lineOf };
    }
    default:
      throw new CommandError('CLI_OPTION_INVALID', '--format must be csv or jsonl.');
  }
}

/** `joulegate export`: a whole list as a file, one JSON value or one line of CSV for each thing. */
export const exportList: Command = {
  name: 'export',
  summary:
    'writes all sessions, CDRs, sums of days or months, chargers, tokens, tariffs or bills into a file, one JSON value a line or as CSV',
  usage: `${Object.keys(lists).join('|')} FILE [--format jsonl|csv] [--from TIME] [--to TIME]`,
  options: {
    ...stackOptions,
    format: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  },
  run: async (args) => {
    const [name = '', file] = args.positionals;
    if (!isListName(name) || file === undefined) {
      throw new CommandError(
        'CLI_ARGUMENT_MISSING',
        `Name a list (${Object.keys(lists).join(', ')}) and a file.`,
      );
    }
    const { header, lineOf } = formatOf(args, name, file);
    const span = spanOf(args, name);
    const client = operatorApi(await findStack(args));
    const progress = startCount(name);
    let count = 0;
    const lines = async function* () {
      yield header;
      for await (const item of lists[name].read(client, span)) {
        count += 1;
        progress.step();
        yield lineOf(item);
      }
    };
    await pipeline(Readable.from(lines()), createWriteStream(file));
    progress.stop();
    return { exitCode: 0, json: { file, count }, text: `${count} ${name} in ${file}` };
  },
};
