import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unusableDirectory } from './data-directory-refusal.ts';
import { isRunningNode } from './is-running-node.ts';
import { makeFolder } from './make-folder.ts';
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
    makeFolder(path);
    refuseWhileHeld(path, holder);
    writeFileSync(holder, String(process.pid));
  } catch (error) {
    throw error instanceof StartRefusal ? error : unusableDirectory(path, error);
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

/** Leaves a directory without waiting for anything, for a process that ends in this moment. */
export function abandonDataDirectory(path: string): void {
  if (held.has(path)) rmSync(join(path, 'process'), { force: true });
}

function refuseWhileHeld(path: string, holder: string): void {
  const pid = processIn(holder);
  const used = pid === process.pid ? held.has(path) : pid !== undefined && isRunningNode(pid);
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
