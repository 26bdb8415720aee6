import type { Instant } from '../../units/instant.ts';
import { type StatePoint, statePoint } from './state-points.ts';

/**
 * The states of a session that began at `startedAt` (corrected, in order), by what they say of when its vehicle was connected: until then
 * nobody was, as if the charger had said `Idle`, unless it showed the vehicle before; and a vehicle that was not connected is from then on.
 */
export const withPluggedIn = (
  states: readonly StatePoint[],
  startedAt: Instant,
): readonly StatePoint[] => {
  const plugged = states.find(({ at, shows }) => shows === 'plugged-in' && at > startedAt);
  if (plugged === undefined) return states.filter(({ shows }) => shows !== 'plugged-in');
  const isShownBefore = states.some(
    ({ at, shows }) => at >= startedAt && at < plugged.at && shows !== 'unused',
  );
  const isEarlier = ({ at }: StatePoint): boolean => at < startedAt;
  const begun = isShownBefore ? [] : [statePoint(startedAt, 'unused')];
  const during = [...begun, ...states.filter((state) => !isEarlier(state))];
  return [...states.filter(isEarlier), ...during].flatMap((state, index, all) => {
    if (state.shows !== 'plugged-in') return [state];
    return all[index - 1]?.shows === 'unused' ? [{ ...state, shows: 'neither' }] : [];
  });
};
