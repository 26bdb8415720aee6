import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Protocol } from '../../core/ocpp/protocol.ts';
import type { Credentials } from '../charger/charger-socket.ts';
import type { BareWrites, Driven, LoadOrder, LoadResult, Wrote } from './load-order.ts';

/** Chargers in a process of their own, each in a session. */
export type LoadGenerator = {
  readonly drive: (seconds: number) => Promise<Driven>;
  /** Writes straight to the engine, past the stack. */
  readonly write: (writes: Omit<BareWrites, 'kind'>) => Promise<Wrote>;
  readonly stop: () => void;
};

/** Connects a fleet from another process and starts a session with every charger. */
export async function startLoadGenerator(
  chargers: string,
  fleet: readonly Credentials[],
  protocol: Protocol,
): Promise<LoadGenerator> {
  const child = fork(fileURLToPath(new URL('load-generator.ts', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let settle: (result: LoadResult) => void = () => {};
  child.on('message', (result) => settle(result as LoadResult));
  child.once('exit', (code) =>
    settle({ kind: 'failed', message: `The load generator ended with ${code}.` }),
  );
  const ask = async (order: LoadOrder): Promise<LoadResult> => {
    const settled = new Promise<LoadResult>((resolve) => {
      settle = resolve;
    });
    child.send(order);
    const result = await settled;
    if (result.kind === 'failed') {
      throw new Error(result.message);
    }
    return result;
  };
  await ask({ kind: 'connect', chargers, fleet, protocol });
  return {
    drive: async (seconds) => {
      const result = await ask({ kind: 'drive', seconds });
      if (result.kind !== 'driven') {
        throw new Error(`The load generator answered ${result.kind}.`);
      }
      return result;
    },
    write: async (writes) => {
      const result = await ask({ kind: 'write', ...writes });
      if (result.kind !== 'wrote') {
        throw new Error(`The load generator answered ${result.kind}.`);
      }
      return result;
    },
    stop: () => {
      child.kill();
    },
  };
}
