import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterStep } from '../register/count-register-energy.ts';
import type { TotalSample } from '../register/total-samples.ts';

/** Power that was not measured for longer than this, in ms, says nothing about the energy in between. */
const longestGap = 15n * 60_000n;

/** mW × ms in one mWh, twice, since the trapezoid takes the mean of two values. */
const twiceMilliWattHour = 7_200_000n;

/** A span over which power was measured without a gap, and its energy in mWh. */
export type PowerSpan = {
  readonly from: TotalSample;
  readonly to: TotalSample;
  readonly energy: bigint;
};

/** Cuts measured power (mW) into spans with the energy under each; gaps of more than 15 minutes are left out. */
export const powerSpans = (
  samples: readonly TotalSample[],
  recordAnomaly: RecordAnomaly,
): readonly PowerSpan[] =>
  samples.slice(1).flatMap((to, index) => {
    const from = samples[index];
    if (from === undefined) return [];
    if (to.at - from.at > longestGap) {
      recordAnomaly('POWER_GAP', from.at);
      return [];
    }
    const height = drawn(from.value) + drawn(to.value);
    return [{ from, to, energy: (height * (to.at - from.at)) / twiceMilliWattHour }];
  });

/** Energy that flows back to the grid is not a delivery. */
const drawn = (power: bigint): bigint => (power > 0n ? power : 0n);

/** The energy under the measured power as steps: an estimate to show, never to bill. */
export const powerSteps = (spans: readonly PowerSpan[]): readonly RegisterStep[] => {
  let energy = 0n;
  const [first] = spans;
  const steps: RegisterStep[] = first === undefined ? [] : [{ at: first.from.at, energy }];
  for (const span of spans) {
    energy += span.energy;
    steps.push({ at: span.to.at, energy });
  }
  return steps;
};
