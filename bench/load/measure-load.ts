import type { BenchStack } from '../stack/bench-stack.ts';
import { enginePid } from '../stack/engine-pid.ts';
import { processCpu } from '../stack/process-cpu.ts';
import type { Driven } from './load-order.ts';
import type { LoadGenerator } from './start-load-generator.ts';

/** Readings, driven as fast as they are answered, and the CPU-ms of each in the runner and in the engine. */
export type Load = { readonly driven: Driven; readonly runner: number; readonly engine: number };

/** Lets a fleet send readings for so many seconds. */
export async function measureLoad(
  stack: BenchStack,
  load: LoadGenerator,
  seconds: number,
): Promise<Load> {
  const engine = enginePid(stack.dataDirectory);
  const before = { own: process.cpuUsage(), engine: processCpu(engine) };
  const driven = await load.drive(seconds);
  // The work a message triggers later is part of its cost.
  await stack.drained();
  const { user, system } = process.cpuUsage(before.own);
  return {
    driven,
    runner: (user + system) / 1000 / driven.answered,
    engine: (processCpu(engine) - before.engine) / driven.answered,
  };
}

/** CPU-ms of a reading, everything included. */
export const togetherOf = ({ runner, engine }: Load): number => runner + engine;
