import type { Noter } from './noted.ts';
import type { TotalSample } from './total-samples.ts';
import type { RegisterStep } from './walk-register.ts';

/** Power that was not measured for longer than this, in ms, says nothing about the energy in between. */
const longestGap = 15n * 60_000n;

/** mW × ms in one mWh, twice, since the trapezoid takes the mean of two values. */
const twiceMilliWattHour = 7_200_000n;

/** A stretch over which power was measured without a gap, and its energy in mWh. */
export type PowerStretch = {
  readonly from: TotalSample;
  readonly to: TotalSample;
  readonly energy: bigint;
};

/** Cuts measured power (mW) into stretches with the energy under each; gaps of more than 15 minutes are left out. */
export const powerStretches = (
  samples: readonly TotalSample[],
  noter: Noter,
): readonly PowerStretch[] =>
  samples.slice(1).flatMap((to, index) => {
    const from = samples[index];
    if (from === undefined) return [];
    if (to.at - from.at > longestGap) {
      noter('POWER_GAP', from.at);
      return [];
    }
    const height = drawn(from.value) + drawn(to.value);
    return [{ from, to, energy: (height * (to.at - from.at)) / twiceMilliWattHour }];
  });

/** Energy that flows back to the grid is no delivery. */
const drawn = (power: bigint): bigint => (power > 0n ? power : 0n);

/** The energy under the measured power as steps: an estimate to look at, never to bill. */
export const powerSteps = (stretches: readonly PowerStretch[]): readonly RegisterStep[] => {
  let energy = 0n;
  const [first] = stretches;
  const steps: RegisterStep[] = first === undefined ? [] : [{ at: first.from.at, energy }];
  for (const stretch of stretches) {
    energy += stretch.energy;
    steps.push({ at: stretch.to.at, energy });
  }
  return steps;
};
