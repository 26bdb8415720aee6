import { ascending } from '../../units/ascending.ts';
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

/** A vehicle that draws less than this, in mW, is not charging: 100 W, the standby of its electronics. */
const standby = 100_000n;

/** For so long, in ms, a vehicle that draws at both ends of a longer gap drew in it, whatever else it did: an hour. */
const longestTrust = 60n * 60_000n;

/**
 * The least energy, in mWh, that measured power (mW) shows, or in mAh that a current (mA) does: where it was `above` standby at two times after each other, however far apart they
 * are. In a gap of more than 15 minutes it is the lower of the two, for an hour at most. It contradicts a register, and is never billed.
 */
export const leastDrawn = (samples: readonly TotalSample[], above = standby): bigint =>
  samples.slice(1).reduce((sum, to, index) => {
    const from = samples[index];
    if (from === undefined || from.value <= above || to.value <= above) return sum;
    const gap = to.at - from.at;
    if (gap <= longestGap) return sum + ((from.value + to.value) * gap) / twiceMilliWattHour;
    const [least = 0n] = [from.value, to.value].sort(ascending);
    const [trusted = 0n] = [longestTrust, gap].sort(ascending);
    return sum + (2n * least * trusted) / twiceMilliWattHour;
  }, 0n);
