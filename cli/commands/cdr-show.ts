import { CommandError } from '../../clients/command-error.ts';
import { askApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';

/** `joulegate cdr show`: one CDR whole, by its own id or its session's. */
export const cdrShow: Command = {
  name: 'cdr show',
  summary: 'shows a charge detail record in full',
  usage: 'CDR_ID|SESSION_ID',
  options: stackOptions,
  run: async (args) => {
    const id = args.positionals[0];
    if (id === undefined)
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a CDR id or a session id.');
    const access = await findStack(args);
    const path = id.startsWith('ses_')
      ? `/sessions/${encodeURIComponent(id)}/cdr`
      : `/cdrs/${encodeURIComponent(id)}`;
    const cdr = await askApi<unknown>(access, 'GET', path);
    return { exitCode: 0, json: cdr, text: JSON.stringify(cdr, null, 2) };
  },
};
