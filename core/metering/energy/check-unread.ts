import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import type { RegisterPoint, RegisterStep } from '../register/count-register-energy.ts';
import { ownBound } from '../register/own-bound.ts';
import type { RegisterTimeline } from '../register/register-timeline.ts';
import type { SessionView } from './session-view.ts';

/**
 * Holds energy that nothing but the registers of start and stop shows, at a charger of which no maximum power is registered: more
 * than 22 kW, than three times what was measured, and than three times what the session before this one took, and than
 * the reported intervals and half as much. A register that stays at zero shows nothing.
 */
export const checkUnread = (
  steps: readonly RegisterStep[],
  { window, line, power, intervals }: SessionView,
  { previousPower, verified }: Pick<MeteringFacts, 'previousPower' | 'verified'>,
  recordAnomaly: RecordAnomaly,
): void => {
  const [first, last] = [steps[0], steps.at(-1)];
  const isSigned = verified !== undefined;
  if (isSigned || !window.stopped || line.start === undefined || line.stop === undefined) return;
  if (first === undefined || last === undefined || line.points.some(isReadBetween(line))) return;
  const measured = power.map(({ value }) => value);
  const bound = ownBound([], previousPower === undefined ? measured : [...measured, previousPower]);
  const stated = intervals.at(-1)?.energy ?? 0n;
  const isShown = last.energy <= bound(last.at - first.at) || last.energy * 2n <= stated * 3n;
  if (!isShown) recordAnomaly('ENERGY_UNPROVEN', last.at);
};

const isReadBetween =
  ({ start, stop }: RegisterTimeline) =>
  (point: RegisterPoint): boolean =>
    point !== start && point !== stop && point.value !== 0n;
