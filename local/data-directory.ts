import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefusal } from './start-refusal.ts';

/** A data directory that this process alone uses. */
export type DataDirectory = {
  readonly path: string;
  /** Leaves it to the next stack. */
  readonly release: () => void;
};

const held = new Set<string>();

/**
 * Makes the directory where it is missing, and takes it for this process.
 * Refuses with `DATA_DIRECTORY_UNUSABLE` one that cannot be written, with `DATA_DIRECTORY_IN_USE` one of a running stack.
 */
export function takeDataDirectory(path: string): DataDirectory {
  const holder = join(path, 'process');
  try {
    mkdirSync(path, { recursive: true });
    refuseWhileHeld(path, holder);
    writeFileSync(holder, String(process.pid));
  } catch (error) {
    throw error instanceof StartRefusal ? error : unusable(path, error);
  }
  held.add(path);
  return {
    path,
    release: () => {
      held.delete(path);
      rmSync(holder, { force: true });
    },
  };
}

function refuseWhileHeld(path: string, holder: string): void {
  const pid = processIn(holder);
  const used = pid === process.pid ? held.has(path) : pid !== undefined && isOurs(pid);
  if (used) {
    throw new StartRefusal(
      'DATA_DIRECTORY_IN_USE',
      `The data directory ${path} is in use by the stack of process ${pid}.`,
    );
  }
}

function processIn(holder: string): number | undefined {
  try {
    const pid = Number(readFileSync(holder, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A number left behind by a crash may belong to any other program by now: only Node holds data directories. */
function isOurs(pid: number): boolean {
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

function unusable(path: string, error: unknown): StartRefusal {
  const reason = error instanceof Error ? error.message : String(error);
  return new StartRefusal(
    'DATA_DIRECTORY_UNUSABLE',
    `The data directory ${path} cannot be used: ${reason}.`,
  );
}
