import { readFileSync } from 'node:fs';

/**
 * When a process began, as Linux names it: the start of the machine and the ticks since then, which no later process of the
 * same number has. Undefined elsewhere, or where no such process runs.
 */
export function processBeginning(pid: number): string | undefined {
  try {
    const start = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name of the program in brackets, which may have spaces; the beginning is the 22nd.
    const ticks = status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? undefined : `${start} ${ticks}`;
  } catch {
    return undefined;
  }
}
