import { askApi, listApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { Command } from '../command.ts';
import { otherLines, type ShownConfiguration, settingLine } from '../setting-line.ts';

/** States that nobody has to look at: the charger is as it should be, or cannot be otherwise. */
const settled: ReadonlySet<string> = new Set([
  'as-desired',
  'after-restart',
  'left-alone',
  'unknown-to-charger',
  // It took the certificate, and lists its certificates when it is asked next.
  'installed',
]);

const isOpen = ({ state }: { readonly state: string }): boolean => !settled.has(state);

/** The part of a configuration in which a charger is not as it should be; undefined where it is in everything. */
export function openParts(shown: ShownConfiguration) {
  const { chargerId, password } = shown;
  const desired = shown.desired.filter(isOpen);
  const certificates = shown.certificates.filter(isOpen);
  const localList = shown.localList !== null && isOpen(shown.localList) ? shown.localList : null;
  const hasPassword = settled.has(password);
  const isSettled =
    desired.length === 0 && certificates.length === 0 && localList === null && hasPassword;
  return isSettled ? undefined : { chargerId, desired, localList, certificates, password };
}

/**
 * `joulegate configuration drift`: the chargers, all or those named, whose settings, local list, certificates or password are not as they should be; then
 * the status is 1.
 */
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
      const open = openParts(await askApi<ShownConfiguration>(access, 'GET', path));
      if (open === undefined) continue;
      found.push(open);
      lines.push(chargerId);
      const others = otherLines(open).filter((line) => !line.startsWith('as-desired'));
      for (const line of [...open.desired.map(settingLine), ...others]) lines.push(`  ${line}`);
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
