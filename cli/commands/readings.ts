import { CommandError } from '../../clients/command-error.ts';
import { listApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { ListedMessage } from '../../core/cdr/verify/cdr-proof.ts';
import type { Command } from '../command.ts';

/**
 * `joulegate readings`: all readings of a session, or those that one of its CDRs is based on, as one list, which
 * `joulegate verify --readings` takes.
 */
export const readings: Command = {
  name: 'readings',
  summary: 'fetches all readings of a session or of a CDR, as received and as decoded',
  usage: 'SESSION_ID|CDR_ID',
  options: stackOptions,
  run: async (args) => {
    const id = args.positionals[0];
    if (id === undefined) {
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a session id or a CDR id.');
    }
    const kind = id.startsWith('cdr_') ? 'cdrs' : 'sessions';
    const path = `/${kind}/${encodeURIComponent(id)}/readings`;
    const items = await Array.fromAsync(listApi<ListedMessage>(await findStack(args), path));
    const json = { items, nextCursor: null };
    return { exitCode: 0, json, text: JSON.stringify(json, null, 2) };
  },
};
