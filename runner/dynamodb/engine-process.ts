import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDiskFailure, unusableDirectory } from '../data-directory-refusal.ts';
import { StartRefusal } from '../start-refusal.ts';
import { awaitEngine } from './await-engine.ts';
import { type EngineName, engineCommand } from './engine-command.ts';
import { lockEngine } from './engine-lock.ts';
import { indexStreamRecords } from './index-stream-records.ts';
import { tiedToThisProcess } from './tied-to-this-process.ts';

/** A running engine. */
export type EngineProcess = {
  /** Resolves when it has ended, with its status or signal. */
  readonly ended: Promise<string>;
  /** The last line that it has said, or nothing. */
  readonly lastLine: () => string;
  readonly end: () => Promise<void>;
};

/** An engine to run: on a port, with its data in a folder. */
export type EnginePlace = {
  readonly kind: EngineName;
  readonly port: number;
  readonly folder: string;
};

/** How long an engine may take to answer, ms: Java needs several seconds where others compute too. One that ends is not waited for. */
const patience = 60_000;

/** The file that names the engine of a folder. */
export const engineLockOf = (folder: string): string => join(folder, 'engine.json');

/** Runs an engine and waits until it answers; refuses with `ENGINE_FAILED`, and leaves nothing running then. */
export async function runEngine({ kind, port, folder }: EnginePlace): Promise<EngineProcess> {
  const logFile = join(folder, 'engine.log');
  const { program, args } = tiedToThisProcess(engineCommand(kind, port, folder));
  const log = openSync(logFile, 'w');
  // In a process group of its own: Ctrl-C must not end the engine before those who still write to it.
  const child = spawn(program, [...args], { detached: true, stdio: ['pipe', log, log] });
  closeSync(log);
  const ended = new Promise<string>((done) => {
    child.on('error', ({ message }) => done(message));
    child.on('exit', (status, signal) => done(signal ?? `status ${status}`));
  });
  // It may be gone before its standard input is.
  child.stdin?.on('error', () => {});
  const hasEnded = () =>
    child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  const lastLine = () => readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? '';
  try {
    lockEngine(engineLockOf(folder), child.pid ?? 0);
    await awaitEngine(`http://127.0.0.1:${port}`, hasEnded, patience);
    if (kind === 'dynoxide') {
      indexStreamRecords(join(folder, 'dynoxide.sqlite'));
    }
  } catch (error) {
    await end(child, ended);
    if (isDiskFailure(error)) throw unusableDirectory(folder, error);
    throw new StartRefusal('ENGINE_FAILED', `The engine ${kind} did not start: ${lastLine()}`);
  }
  return { ended, lastLine, end: () => end(child, ended) };
}

async function end(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  child.stdin?.end();
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(impatience);
}
