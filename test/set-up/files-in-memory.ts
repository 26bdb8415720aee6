import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const memory = '/dev/shm';

/** Bytes that must be free there: the databases of a whole run, several times. */
const room = 4 * 2 ** 30;

const name = (pid: number | string): string => `joulegate-test-${pid}`;

/**
 * A folder in memory for what the tests of this process write, gone with it; undefined on a machine that has no such place, or no room
 * in it. What tests write is thrown away, and an engine that waits for a disk at every write takes most of the time of a run.
 */
export const filesInMemory = (): string | undefined => {
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < room) return undefined;
    removeThoseOfTheDead();
    const folder = join(memory, name(process.pid));
    mkdirSync(folder, { recursive: true });
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  } catch {
    return undefined;
  }
};

/** A run that was killed could not remove its own. */
const removeThoseOfTheDead = (): void => {
  for (const entry of readdirSync(memory)) {
    const [, pid] = new RegExp(`^${name('(\\d+)')}$`).exec(entry) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) {
      rmSync(join(memory, entry), { recursive: true, force: true });
    }
  }
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
