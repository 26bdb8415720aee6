import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { RunningFlow } from './start-flow.ts';

/** Deaths that go on until they are stopped. */
type Killing = { readonly stop: () => void; readonly killed: () => number };

/**
 * Kills the functions of events and deliveries, one or the other, whenever one is seen at work, with a pause of so many ms after each death.
 * None dies before something has come through since the last death, as `came` counts it: a slow machine gets on as well.
 */
export function killAtWork(
  { service: { stack } }: RunningFlow,
  came: () => number,
  pause: number,
): Killing {
  const targets = stack.functions.filter(({ name }) => /-(events|webhooks)$/.test(name));
  expect(targets).toHaveLength(2);
  let killed = 0;
  let before = -1;
  let isOver = false;
  const hunt = async (): Promise<void> => {
    for (let n = 0; !isOver; n += 1) {
      const now = came();
      const arn = targets[n % targets.length]?.arn ?? '';
      const deaths = now > before ? await stack.kill(arn) : 0;
      if (deaths > 0) before = now;
      killed += deaths;
      await delay(deaths > 0 ? pause : 5);
    }
  };
  void hunt();
  return {
    stop: () => {
      isOver = true;
    },
    killed: () => killed,
  };
}
