import type { RegisterStep } from '../register/count-register-energy.ts';
import { ownBound } from '../register/own-bound.ts';
import { type Rise, risesOf } from './rises-of.ts';
import type { SessionView } from './session-view.ts';

/** With so much energy in its other steps, in mWh, a session has a course to compare one with: 800 Wh. */
const begun = 800_000n;

/** Less energy than this beyond what the course allows, in mWh, contradicts nothing: 10 kWh. */
const much = 10_000_000n;

/**
 * True if one step of a session is far steeper than all others: by more than 10 kWh above 22 kW and above three times their highest power.
 * Then two registers of different meters or units were taken for one, at a charger of which no maximum power is registered. It takes
 * 800 Wh in the others, and as long a time. The last step is judged by checkLastStep.
 */
export const hasSteepStep = (steps: readonly RegisterStep[], { power }: SessionView): boolean => {
  const rises = risesOf(steps);
  const steepest = rises.reduce<Rise | undefined>(
    (most, rise) => (most === undefined || rise.power > most.power ? rise : most),
    undefined,
  );
  if (steepest === undefined || steepest === rises.at(-1)) return false;
  const others = rises.filter((rise) => rise !== steepest);
  const energy = others.reduce((sum, rise) => sum + rise.energy, 0n);
  const lasted = others.reduce((sum, rise) => sum + rise.lasted, 0n);
  if (energy < begun || lasted < steepest.lasted) return false;
  return isBeyond(steepest, [...others, ...power.map(({ value }) => ({ power: value }))]);
};

/**
 * True if the step from the start to the first reading is as steep as that, where the start may not have been read: it is missing,
 * or less than a hundredth of the reading, as 0 for "unknown" or kWh for Wh. Then it takes no course.
 */
export const isStartDoubtful = (
  steps: readonly RegisterStep[],
  { line: { start, stop, points }, window, power }: SessionView,
): boolean => {
  const after = points.find((point) => point !== start);
  const isRead = start !== undefined && after !== undefined && start.value * 100n > after.value;
  const [first, ...others] = risesOf(steps);
  // From start to stop there is no reading: see checkUnread.
  const isUnread = others.length === 0 && window.ended && stop !== undefined;
  if (isRead || first === undefined || isUnread) return false;
  return isBeyond(first, [...others, ...power.map(({ value }) => ({ power: value }))]);
};

const isBeyond = ({ energy, lasted }: Rise, others: readonly Pick<Rise, 'power'>[]): boolean => {
  const bound = ownBound(
    [],
    others.map((other) => other.power),
  );
  return energy - bound(lasted) > much;
};
