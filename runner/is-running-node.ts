import { readFileSync } from 'node:fs';

/**
 * True if a process of this number runs and is one of Node: a number left behind by a crash may belong to any other
 * program by now.
 */
export function isRunningNode(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
  } catch {
    return true;
  }
}
