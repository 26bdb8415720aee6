import { setTimeout as sleep } from 'node:timers/promises';
import { unlessBusy } from '../unless-busy.ts';

const patienceMs = 120_000;

/** Asks again twice a second until there is an answer; undefined where none came in two minutes. A machine that is busy meanwhile is asked again too. */
export async function eventually<T>(
  interrupted: AbortSignal,
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const answer = await unlessBusy(ask());
    if (answer !== undefined || performance.now() > until) return answer;
    await sleep(500, undefined, { signal: interrupted });
  }
}
