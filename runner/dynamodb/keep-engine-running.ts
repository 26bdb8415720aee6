import { setTimeout as delay } from 'node:timers/promises';
import { tryPort } from '../choose-port.ts';
import type { RunningPart } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import { checkDatabase } from './check-database.ts';
import { unlockEngine } from './engine-lock.ts';
import type { EngineOptions } from './engine-options.ts';
import { type EnginePlace, type EngineProcess, engineLockOf, runEngine } from './engine-process.ts';

/** Ends of an engine within a minute after which it is not started again. */
const mostEnds = 5;

/** The port of a killed engine, and its process under a killed guard, may take so long to go: tries, and ms between them. */
const restart = { tries: 10, pause: 500 };

/** Starts a running engine again, in its place, whenever it ends by itself. */
export function keepEngineRunning(
  place: EnginePlace,
  first: EngineProcess,
  { report, failed }: EngineOptions,
): RunningPart {
  let current = first;
  let isStopping = false;
  const ends: number[] = [];
  const name = `The engine ${place.kind}`;

  const runAgain = async (): Promise<void> => {
    for (let left = restart.tries; !isStopping; left -= 1) {
      try {
        current = await runInPlace(place);
        return;
      } catch (error) {
        if (left <= 1 || (error instanceof StartRefusal && error.code === 'DATABASE_DAMAGED')) {
          throw error;
        }
        await delay(restart.pause);
      }
    }
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      const how = await current.ended;
      if (isStopping) return;
      ends.push(performance.now());
      if (ends.filter((at) => at > performance.now() - 60_000).length > mostEnds) {
        const reason = current.lastLine() || how;
        throw new StartRefusal('ENGINE_FAILED', `${name} ends again and again: ${reason}.`);
      }
      report?.(`${name} has ended (${how}) and is started again.`);
      await runAgain();
      if (!isStopping) report?.(`${name} runs again.`);
    }
  };
  const watching = watch().catch((error: unknown) => {
    failed?.(
      error instanceof StartRefusal
        ? error
        : new StartRefusal('ENGINE_FAILED', `${name} cannot be started again: ${error}.`),
    );
  });
  return {
    stop: async () => {
      isStopping = true;
      await current.end();
      await watching;
      // A start that was under way has another one by now.
      await current.end();
      unlockEngine(engineLockOf(place.folder));
    },
  };
}

async function runInPlace(place: EnginePlace): Promise<EngineProcess> {
  // An engine whose guard alone was killed answers for a moment longer, and would be taken for the new one.
  const taken = await tryPort(place.port);
  if (taken !== undefined) throw new Error(`port ${place.port} is not free (${taken})`);
  checkDatabase(place.folder);
  return await runEngine(place);
}
