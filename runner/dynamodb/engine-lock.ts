import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject } from '../template/json-object.ts';

/** Notes which engine serves a data directory, for which runner. */
export function lockEngine(file: string, enginePid: number): void {
  writeFileSync(file, JSON.stringify({ runner: process.pid, engine: enginePid }));
}

/** Forgets the engine that has ended. */
export function unlockEngine(file: string): void {
  rmSync(file, { force: true });
}

/**
 * Ends the engine that a killed runner has left behind in a data directory.
 * Refuses with `DATA_DIRECTORY_IN_USE` while that runner still lives.
 */
export async function endOrphanedEngine(file: string, folder: string): Promise<void> {
  const { runner, engine } = readLock(file);
  if (runner !== process.pid && isRunning(runner) && serves(engine, folder)) {
    throw new StartRefusal(
      'DATA_DIRECTORY_IN_USE',
      `Another local stack (process ${runner}) is using the data directory of ${folder}.`,
    );
  }
  if (serves(engine, folder)) {
    process.kill(engine, 'SIGTERM');
    for (let waited = 0; isRunning(engine) && waited < 5_000; waited += 50) {
      await delay(50);
    }
  }
  unlockEngine(file);
}

function readLock(file: string): { readonly runner: number; readonly engine: number } {
  try {
    const lock = existsSync(file) ? asJsonObject(JSON.parse(readFileSync(file, 'utf8'))) : {};
    return { runner: Number(lock['runner'] ?? 0), engine: Number(lock['engine'] ?? 0) };
  } catch {
    return { runner: 0, engine: 0 };
  }
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Process ids are used again: only one that was started on this very folder is the engine. */
function serves(pid: number, folder: string): boolean {
  if (!isRunning(pid)) {
    return false;
  }
  try {
    const command = execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
    return command.toString().includes(folder);
  } catch {
    return false;
  }
}
