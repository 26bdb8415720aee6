import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Credentials } from './charger-socket.ts';
import type { Driven, LoadOrder, LoadResult } from './load-order.ts';

/** Chargers in a process of their own, each in a session. */
export type LoadGenerator = {
  readonly drive: (seconds: number) => Promise<Driven>;
  readonly stop: () => void;
};

/** Connects a fleet from another process and starts a session with every charger. */
export async function startLoadGenerator(
  chargers: string,
  fleet: readonly Credentials[],
): Promise<LoadGenerator> {
  const child = fork(fileURLToPath(new URL('load-generator.ts', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ask = async (order: LoadOrder): Promise<LoadResult> => {
    const ended = once(child, 'exit').then(([code]): LoadResult => {
      return { kind: 'failed', message: `The load generator ended with ${code}.` };
    });
    const answered = once(child, 'message').then(([result]) => result as LoadResult);
    child.send(order);
    const result = await Promise.race([answered, ended]);
    if (result.kind === 'failed') {
      throw new Error(result.message);
    }
    return result;
  };
  await ask({ kind: 'connect', chargers, fleet });
  return {
    drive: async (seconds) => {
      const result = await ask({ kind: 'drive', seconds });
      if (result.kind !== 'driven') {
        throw new Error(`The load generator answered ${result.kind}.`);
      }
      return result;
    },
    stop: () => {
      child.kill();
    },
  };
}
