import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { choosePort } from '../choose-port.ts';
import type { RunningPart } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import { awaitEngine } from './await-engine.ts';
import { checkDatabase } from './check-database.ts';
import type { EngineName } from './engine-command.ts';
import { endOrphanedEngine } from './engine-lock.ts';
import type { EngineOptions } from './engine-options.ts';
import { engineLockOf, runEngine } from './engine-process.ts';
import { keepEngineRunning } from './keep-engine-running.ts';

/** A DynamoDB that answers. */
export type Engine = RunningPart & { readonly url: string; readonly kind: EngineName | 'url' };

/**
 * Starts the engine `dynoxide` or `dynamodb-local` with its data below the data directory, or takes the one at a URL. One of
 * ours that ends by itself is started again, at the same URL.
 * Refuses with `ENGINE_UNKNOWN`, `ENGINE_UNAVAILABLE`, `ENGINE_FAILED`, `DATABASE_DAMAGED`, `DATA_DIRECTORY_BROKEN` or
 * `DATA_DIRECTORY_IN_USE`.
 */
export async function startEngine(
  engine: string,
  dataDirectory: string,
  options: EngineOptions = {},
): Promise<Engine> {
  if (engine === 'dynoxide' || engine === 'dynamodb-local') {
    return await startProgram(engine, join(resolve(dataDirectory), engine), options);
  }
  if (!/^https?:\/\/[^/]+/.test(engine)) {
    throw new StartRefusal(
      'ENGINE_UNKNOWN',
      `JOULEGATE_DYNAMODB is "${engine}"; it must be dynoxide, dynamodb-local or the URL of a DynamoDB.`,
    );
  }
  await awaitEngine(engine, () => false, 3_000);
  return { url: engine, kind: 'url', stop: async () => {} };
}

async function startProgram(
  kind: EngineName,
  folder: string,
  options: EngineOptions,
): Promise<Engine> {
  makeFolder(folder);
  await endOrphanedEngine(engineLockOf(folder), folder);
  checkDatabase(folder);
  const port = await choosePort(0, 'JOULEGATE_DYNAMODB');
  const place = { kind, port, folder };
  const { stop } = keepEngineRunning(place, await runEngine(place), options);
  return { url: `http://127.0.0.1:${port}`, kind, stop };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new StartRefusal('DATA_DIRECTORY_BROKEN', `Cannot use the data directory: ${reason}`);
  }
}
