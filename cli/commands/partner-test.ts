import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';

type Check = { readonly name: string; readonly ok: boolean; readonly detail: string };

/** The checks as a table: a tick or a cross, the check, and what was seen. */
function tableOf(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .map(({ name, ok, detail }) => `${ok ? '✓' : '✗'}  ${name.padEnd(width)}  ${detail}`)
    .join('\n');
}

/**
 * `joulegate partner test`: whether a roaming partner answers to our token, has the endpoints of its registration, our time, and pages
 * that we can read. Status 0 when every check succeeded.
 */
export const partnerTest: Command = {
  name: 'partner test',
  summary: 'tests the connection to a roaming partner: token, endpoints, clock, pages, latency',
  usage: 'PARTNER_ID',
  options: stackOptions,
  run: async (args) => {
    const [partnerId] = args.positionals;
    if (partnerId === undefined) {
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name the partner by its id.');
    }
    const client = operatorApi(await findStack(args));
    const found = await client.call('POST /partners/{partnerId}/test', { path: { partnerId } });
    const { ok, checks } = found;
    return {
      exitCode: ok ? 0 : 1,
      json: { ok, checks },
      text: tableOf(checks),
    };
  },
};
