import { setTimeout as pause } from 'node:timers/promises';
import { CommandError } from '../../clients/command-error.ts';
import { askApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import { type Command, countOption } from '../command.ts';

type Log = {
  readonly logId: string | null;
  readonly askedAt: string;
  readonly status: string | null;
  readonly file: { readonly bytes: number } | null;
};

/** Ms between two looks whether the log has come. */
const lookEvery = 1_000;

/** `joulegate logs`: asks a charger for its log and says where it can be downloaded; status 0 once it has come. */
export const logs: Command = {
  name: 'logs',
  summary: 'asks a charger for its log and says where it is',
  usage: 'CHARGER [--wait 120]',
  options: { ...stackOptions, wait: { type: 'string' } },
  run: async (args) => {
    const [chargerId] = args.positionals;
    if (chargerId === undefined) throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a charger.');
    const seconds = countOption(args, 'wait', 120, 0);
    const access = await findStack(args);
    const charger = `/chargers/${encodeURIComponent(chargerId)}`;
    const made = await askApi<{ readonly createdAt: string }>(
      access,
      'POST',
      `${charger}/commands`,
      {
        type: 'get-logs',
        kind: 'diagnostics',
      },
    );
    let status = 'asked';
    const until = performance.now() + seconds * 1000;
    do {
      const { items } = await askApi<{ readonly items: readonly Log[] }>(
        access,
        'GET',
        `${charger}/logs`,
      );
      const log = items.find(({ askedAt }) => askedAt === made.createdAt);
      if (log?.file) {
        const url = await askApi<{ readonly url: string }>(
          access,
          'GET',
          `${charger}/logs/${log.logId}/url`,
        );
        return {
          exitCode: 0,
          json: { ...log, ...url },
          text: `${log.file.bytes} bytes: ${url.url}`,
        };
      }
      if (log?.status && log.status !== status) process.stderr.write(`${log.status}\n`);
      status = log?.status ?? status;
      await pause(lookEvery);
    } while (performance.now() < until);
    return { exitCode: 1, json: { status }, text: `The log has not come yet: ${status}.` };
  },
};
