import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningPart } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import { createEngineClient } from './engine-client.ts';
import { type EngineName, engineCommand } from './engine-command.ts';
import { endOrphanedEngine, lockEngine, unlockEngine } from './engine-lock.ts';
import { freePort } from './free-port.ts';
import { indexStreamRecords } from './index-stream-records.ts';
import { tiedToThisProcess } from './tied-to-this-process.ts';

/** A DynamoDB that answers. */
export type Engine = RunningPart & { readonly url: string; readonly kind: EngineName | 'url' };

/**
 * Starts the engine `dynoxide` or `dynamodb-local` with its data below the data directory, or takes the one at a URL.
 * Refuses with `ENGINE_UNKNOWN`, `ENGINE_UNAVAILABLE`, `ENGINE_FAILED`, `DATA_DIRECTORY_BROKEN` or `DATA_DIRECTORY_IN_USE`.
 */
export async function startEngine(engine: string, dataDirectory: string): Promise<Engine> {
  if (engine === 'dynoxide' || engine === 'dynamodb-local') {
    return await startProgram(engine, join(resolve(dataDirectory), engine));
  }
  if (!/^https?:\/\/[^/]+/.test(engine)) {
    throw new StartRefusal(
      'ENGINE_UNKNOWN',
      `JOULEGATE_DYNAMODB is "${engine}"; it must be dynoxide, dynamodb-local or the URL of a DynamoDB.`,
    );
  }
  await awaitReady(engine, () => false, 3_000);
  return { url: engine, kind: 'url', stop: async () => {} };
}

async function startProgram(kind: EngineName, folder: string): Promise<Engine> {
  const lock = join(folder, 'engine.json');
  const logFile = join(folder, 'engine.log');
  makeFolder(folder);
  await endOrphanedEngine(lock, folder);
  const port = await freePort();
  const { program, args } = tiedToThisProcess(engineCommand(kind, port, folder));
  const log = openSync(logFile, 'w');
  // In a process group of its own: Ctrl-C must not end the engine before those who still write to it.
  const child = spawn(program, [...args], { detached: true, stdio: ['pipe', log, log] });
  closeSync(log);
  const ended = new Promise<void>((done) => {
    child.on('error', () => done());
    child.on('exit', () => done());
  });
  const hasEnded = () => child.pid === undefined || child.exitCode !== null;
  const url = `http://127.0.0.1:${port}`;
  try {
    lockEngine(lock, child.pid ?? 0);
    await awaitReady(url, hasEnded, 20_000);
    if (kind === 'dynoxide') {
      indexStreamRecords(join(folder, 'dynoxide.sqlite'));
    }
  } catch {
    await end(child, ended);
    const reason = readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? '';
    throw new StartRefusal('ENGINE_FAILED', `The engine ${kind} did not start: ${reason}`);
  }
  return {
    url,
    kind,
    stop: async () => {
      await end(child, ended);
      unlockEngine(lock);
    },
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new StartRefusal('DATA_DIRECTORY_BROKEN', `Cannot use the data directory: ${reason}`);
  }
}

async function awaitReady(
  url: string,
  hasEnded: () => boolean,
  patienceMilliseconds: number,
): Promise<void> {
  const client = createEngineClient(url);
  const deadline = Date.now() + patienceMilliseconds;
  try {
    for (;;) {
      const answers = await client.call('ListTables', {}).then(
        () => true,
        () => false,
      );
      if (answers) {
        return;
      }
      if (hasEnded() || Date.now() > deadline) {
        throw new StartRefusal('ENGINE_FAILED', `No DynamoDB answers at ${url}.`);
      }
      await delay(20);
    }
  } finally {
    client.close();
  }
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  child.stdin?.end();
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(impatience);
}
