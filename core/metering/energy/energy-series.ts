import { milliWattHours } from '../../units/energy.ts';
import { instant } from '../../units/instant.ts';
import type { EnergyPoint } from '../model/metered.ts';
import type { RegisterStep } from '../register/count-register-energy.ts';
import type { SessionWindow } from '../register/session-window.ts';

/**
 * Spans counted energy over the whole session: from 0 at its start to all of it at its end, one point for each time.
 * Energy that a later authority corrected (`energy`) never shows more than the final amount.
 */
export const energySeries = (
  steps: readonly RegisterStep[],
  { startedAt, endedAt }: SessionWindow,
  energy: bigint,
): readonly EnergyPoint[] => {
  const inner = steps.filter(({ at }) => at > startedAt && at < endedAt);
  const onePerTime = inner.filter(({ at }, index) => inner[index + 1]?.at !== at);
  return [
    point(startedAt, 0n),
    ...onePerTime.map((step) => point(step.at, step.energy < energy ? step.energy : energy)),
    ...(endedAt > startedAt || energy > 0n ? [point(endedAt, energy)] : []),
  ];
};

const point = (at: bigint, energy: bigint): EnergyPoint => ({
  at: instant(at),
  energy: milliWattHours(energy),
});
