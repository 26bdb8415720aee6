import type { Instant } from '../../units/instant.ts';
import { type StatePoint, statePoint } from './state-points.ts';

/**
 * The states of a session that began at `startedAt` (corrected, in order), by what they say of when its vehicle was connected: until then
 * nobody was, as if the charger had said `Idle`, unless it showed the vehicle before; and a vehicle that was not connected is from then on.
 * That the connector is occupied says so only of the first vehicle, and where no message says that the cable was plugged in.
 */
export const withPluggedIn = (
  all: readonly StatePoint[],
  startedAt: Instant,
): readonly StatePoint[] => {
  const states = withOccupied(all, startedAt);
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

/** The connector that is occupied for the first time after the start counts as plugged in, unless that is known, and no other. */
const withOccupied = (states: readonly StatePoint[], startedAt: Instant): readonly StatePoint[] => {
  const first = states.find(({ at, shows }) => shows === 'occupied' && at > startedAt);
  if (first === undefined) return states.filter(({ shows }) => shows !== 'occupied');
  const isKnown = states.some(({ at, shows }) => {
    if (shows === 'plugged-in' && at > startedAt) return true;
    return shows !== 'occupied' && shows !== 'unused' && at >= startedAt && at <= first.at;
  });
  return states.flatMap((state) => {
    if (state.shows !== 'occupied') return [state];
    return state === first && !isKnown ? [{ ...state, shows: 'plugged-in' }] : [];
  });
};
