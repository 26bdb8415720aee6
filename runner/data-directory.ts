import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unusableDirectory } from './data-directory-refusal.ts';
import { isRunningNode } from './is-running-node.ts';
import { makeFolder } from './make-folder.ts';
import { processBeginning } from './process-beginning.ts';
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
    writeFileSync(holder, `${process.pid} ${processBeginning(process.pid) ?? ''}`.trim());
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
  const { pid, beginning } = processIn(holder);
  const used = pid === process.pid ? held.has(path) : pid !== undefined && runs(pid, beginning);
  if (used) {
    throw new StartRefusal(
      'DATA_DIRECTORY_IN_USE',
      `The data directory ${path} is in use by the stack of process ${pid}.`,
    );
  }
}

/** Whether a process runs, and not another one that was given its number after a crash. */
const runs = (pid: number, beginning: string): boolean =>
  isRunningNode(pid) && (beginning === '' || beginning === processBeginning(pid));

/** The process that a file names; one of an earlier release does not say when it began. */
function processIn(holder: string): {
  readonly pid: number | undefined;
  readonly beginning: string;
} {
  try {
    const [number, ...words] = readFileSync(holder, 'utf8').trim().split(' ');
    const pid = Number(number);
    return { pid: Number.isInteger(pid) && pid > 0 ? pid : undefined, beginning: words.join(' ') };
  } catch {
    return { pid: undefined, beginning: '' };
  }
}
