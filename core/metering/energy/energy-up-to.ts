import type { RegisterStep } from '../register/count-register-energy.ts';

/** The energy counted up to a time, in mWh, shared evenly between two steps. */
export const energyUpTo = (steps: readonly RegisterStep[], at: bigint): bigint => {
  const next = firstAtOrAfter(steps, at);
  const after = steps[next];
  const before = steps[next - 1];
  if (after === undefined) return before?.energy ?? 0n;
  if (before === undefined || after.at === at) return after.energy;
  const share = ((after.energy - before.energy) * (at - before.at)) / (after.at - before.at);
  return before.energy + share;
};

const firstAtOrAfter = (steps: readonly RegisterStep[], at: bigint): number => {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const step = steps[middle];
    if (step !== undefined && step.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
};
