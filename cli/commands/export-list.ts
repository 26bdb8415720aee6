import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Client } from '../../clients/typescript/create-client.ts';
import { type Command, textOption } from '../command.ts';

type Span = { readonly from?: string; readonly to?: string };

const lists: Readonly<Record<string, (client: Client, span: Span) => AsyncIterable<object>>> = {
  sessions: (client, query) => client.list('GET /sessions', { query }),
  cdrs: (client, query) => client.list('GET /cdrs', { query }),
  chargers: (client) => client.list('GET /chargers'),
  tokens: (client) => client.list('GET /tokens'),
  tariffs: (client) => client.list('GET /tariffs'),
};

/** `joulegate export`: a whole list as a file, one JSON value a line. */
export const exportList: Command = {
  name: 'export',
  summary:
    'writes all sessions, CDRs, chargers, tokens or tariffs into a file, one JSON value a line',
  usage: `${Object.keys(lists).join('|')} FILE [--from TIME] [--to TIME]`,
  options: { ...stackOptions, from: { type: 'string' }, to: { type: 'string' } },
  run: async (args) => {
    const [name = '', file] = args.positionals;
    const list = lists[name];
    if (list === undefined || file === undefined) {
      throw new CommandError(
        'CLI_ARGUMENT_MISSING',
        `Name a list (${Object.keys(lists).join(', ')}) and a file.`,
      );
    }
    const [from, to] = [textOption(args, 'from'), textOption(args, 'to')];
    const span = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const client = operatorApi(await findStack(args));
    let count = 0;
    const lines = async function* () {
      for await (const item of list(client, span)) {
        count += 1;
        yield `${JSON.stringify(item)}\n`;
      }
    };
    await pipeline(Readable.from(lines()), createWriteStream(file));
    return { exitCode: 0, json: { file, count }, text: `${count} ${name} in ${file}` };
  },
};
