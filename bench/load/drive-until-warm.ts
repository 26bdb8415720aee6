import type { Driven } from './load-order.ts';
import type { LoadGenerator } from './start-load-generator.ts';

/** Functions that run for the first time are compiled meanwhile, again and again: that takes messages, not seconds. */
const warmUp = { messages: 6_000, seconds: 30 };

/** Lets chargers send until their functions are compiled; gives what was driven. */
export async function driveUntilWarm(load: LoadGenerator): Promise<readonly Driven[]> {
  const all: Driven[] = [];
  const until = performance.now() + warmUp.seconds * 1000;
  while (sentOf(all) < warmUp.messages && performance.now() < until) {
    all.push(await load.drive(2));
  }
  return all;
}

/** The messages that were sent in all. */
export const sentOf = (all: readonly Driven[]): number =>
  all.reduce((sum, { sent }) => sum + sent, 0);
