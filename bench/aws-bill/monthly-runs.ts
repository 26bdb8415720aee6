import type { MonthlyRuns } from './cold-starts.ts';
import type { StepUsage } from './step-usage.ts';

/** Runs that were counted for one kind of event, and how many of these runs' events there are in a month. */
export type CountedRuns = { readonly steps: readonly StepUsage[]; readonly timesPerMonth: number };

/** How often each function runs for one charger in a month. */
export function monthlyRuns(
  kinds: readonly CountedRuns[],
  memoryOf: (step: string) => number,
): readonly MonthlyRuns[] {
  const runs = new Map<string, number>();
  for (const { steps, timesPerMonth } of kinds) {
    for (const { step, invocations } of steps) {
      runs.set(step, (runs.get(step) ?? 0) + invocations * timesPerMonth);
    }
  }
  return [...runs]
    .filter(([, count]) => count > 0)
    .map(([step, count]) => ({ step, runs: count, memoryMegabytes: memoryOf(step) }));
}
