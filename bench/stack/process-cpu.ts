import { readdirSync, readFileSync } from 'node:fs';

// Linux counts in ticks of 10 ms, whatever the kernel does inside.
const ticksPerSecond = 100;

/** The CPU-ms that another process and all that it started have used so far, user and system; Linux only. */
export function processCpu(pid: number): number {
  const own = cpuOfStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return childrenOf(pid).reduce((sum, child) => sum + processCpu(child), own);
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
      .split(' ')
      .filter((child) => child !== '')
      .map(Number),
  );
}

/** CPU-ms of a line of `/proc/<pid>/stat`; the name of the program may hold spaces and brackets. */
export function cpuOfStat(stat: string): number {
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(afterName[11]) + Number(afterName[12]);
  return (ticks / ticksPerSecond) * 1000;
}
