import { readFileSync } from 'node:fs';

// Linux counts in ticks of 10 ms, whatever the kernel does inside.
const ticksPerSecond = 100;

/** The CPU-ms that another process has used so far, user and system; Linux only. */
export const processCpu = (pid: number): number =>
  cpuOfStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));

/** CPU-ms of a line of `/proc/<pid>/stat`; the name of the program may hold spaces and brackets. */
export function cpuOfStat(stat: string): number {
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(afterName[11]) + Number(afterName[12]);
  return (ticks / ticksPerSecond) * 1000;
}
