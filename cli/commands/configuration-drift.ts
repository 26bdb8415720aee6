import { askApi, listApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';
import { type ShownConfiguration, settingLine } from '../setting-line.ts';

/** States that nobody has to look at: the charger is as it should be, or cannot be otherwise. */
const settled: ReadonlySet<string> = new Set([
  'as-desired',
  'after-restart',
  'left-alone',
  'unknown-to-charger',
]);

/** `joulegate configuration drift`: the chargers, all or those named, that are not set as they should be; then the status is 1. */
export const configurationDrift: Command = {
  name: 'configuration drift',
  summary: 'lists the chargers that are not set as they should be',
  usage: '[CHARGER …]',
  options: stackOptions,
  run: async (args) => {
    const access = await findStack(args);
    const named = args.positionals;
    const all = listApi<{ readonly chargerId: string }>(access, '/chargers');
    const ids = named.length > 0 ? named : (await Array.fromAsync(all)).map((one) => one.chargerId);
    const found: object[] = [];
    const lines: string[] = [];
    for (const [n, chargerId] of ids.entries()) {
      if (process.stderr.isTTY) process.stderr.write(`\r${n + 1} of ${ids.length} chargers`);
      const path = `/chargers/${encodeURIComponent(chargerId)}/configuration`;
      const { desired } = await askApi<ShownConfiguration>(access, 'GET', path);
      const open = desired.filter(({ state }) => !settled.has(state));
      if (open.length === 0) continue;
      found.push({ chargerId, desired: open });
      lines.push(chargerId, ...open.map((setting) => `  ${settingLine(setting)}`));
    }
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    const count = `${found.length} of ${ids.length} chargers are not set as they should be.`;
    return {
      exitCode: found.length === 0 ? 0 : 1,
      json: found,
      text: [...lines, count].join('\n'),
    };
  },
};
