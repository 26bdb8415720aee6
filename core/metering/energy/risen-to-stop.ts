import { ascending } from '../../units/ascending.ts';
import type { RegisterPoint, RegisterRules } from '../register/count-register-energy.ts';
import { anyChargerBound } from '../register/physical-bound.ts';
import type { RegisterTimeline } from '../register/register-timeline.ts';

/**
 * The energy, in mWh, from the lowest register that the readings of a session show to that of its stop: where its start states no
 * register it begins with one of them, however that is dated. 0 where that is more than the charger can deliver in so long, in ms. A reading of 0 says nothing.
 */
export const risenToStop = (
  readings: readonly RegisterPoint[],
  { stop }: Pick<RegisterTimeline, 'stop'>,
  lasted: bigint,
  { bound = anyChargerBound }: RegisterRules,
): bigint => {
  if (stop === undefined) return 0n;
  const values = readings.map(({ value }) => value).filter((value) => value > 0n);
  const [lowest = stop.value] = values.toSorted(ascending);
  const risen = stop.value - lowest;
  return risen > 0n && risen <= bound(lasted) ? risen : 0n;
};
