import { ascending } from '../../units/ascending.ts';
import type { Instant } from '../../units/instant.ts';
import type { RegisterPoint, RegisterRules } from '../register/count-register-energy.ts';
import { anyChargerBound } from '../register/physical-bound.ts';
import { riseOf } from './rise-of.ts';

/** The times of a session, and when its stop was received. */
type Times = { readonly startedAt: Instant; readonly endedAt: Instant; readonly until: Instant };

/**
 * The energy, in mWh, that readings dated after the stop of a session show, whose order and times are unknown: what they rose to since the last one
 * before it, or how far they and the start are apart; 0 where that is more than the charger can deliver to the receipt of the stop.
 */
export const risenBeyond = (
  points: readonly RegisterPoint[],
  { startedAt, endedAt, until }: Times,
  rules: RegisterRules,
): bigint => {
  const inside = points.filter(({ at }) => at <= endedAt);
  const beyond = points.filter(({ at }) => at > endedAt).map(({ value }) => value);
  if (beyond.length === 0) return 0n;
  const { bound = anyChargerBound } = rules;
  const [first, last] = [inside[0], inside.at(-1)];
  const most = bound(until - startedAt);
  const reached =
    last === undefined
      ? []
      : beyond
          .map((value) => value - last.value)
          .filter((rise) => rise > 0n && rise <= bound(until - last.at))
          .map((rise) => riseOf(inside, rules).energy + rise);
  const ordered = [...(first === undefined ? [] : [first.value]), ...beyond].sort(ascending);
  const apart = (ordered.at(-1) ?? 0n) - (ordered[0] ?? 0n);
  return (
    [...reached, apart]
      .filter((energy) => energy <= most)
      .sort(ascending)
      .at(-1) ?? 0n
  );
};
