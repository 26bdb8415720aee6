import { ascending } from '../../units/ascending.ts';
import type { RegisterStep } from '../register/count-register-energy.ts';
import { risesOf } from './rises-of.ts';
import type { SessionView } from './session-view.ts';

/** So many steps after the first show at which power the vehicle charges, if they differ by less than a tenth. */
const enough = 3;

/** The highest power of such a vehicle, in mW: 25 kW. One that charges with direct current may begin with far more than it keeps. */
const mostOfSteady = 25_000_000n;

/** So much power, in mW, vehicles draw from a charger for alternating current that has to deliver less only after that: 11 kW and what meters are off. */
const mostOfReduced = 12_000_000n;

/** More energy than this beyond what the vehicle then draws, in mWh, was not drawn in the first step: 1 kWh. */
const much = 1_000_000n;

/**
 * True if the register rose in its first step faster than 12 kW and more than twice as fast as in those after it, which are all alike, and no measured
 * power shows that: then the start is older than the session. A vehicle that charges steadily does so from its start, unless its charger has to
 * deliver less, as where several share a connection or the sun gives little.
 */
export const isStartStale = (
  steps: readonly RegisterStep[],
  { power }: Pick<SessionView, 'power'>,
): boolean => {
  const [first, ...others] = risesOf(steps);
  const next = others.slice(0, enough);
  if (first === undefined || next.length < enough) return false;
  const powers = next.map((rise) => rise.power).sort(ascending);
  const [least, most] = [powers[0] ?? 0n, powers.at(-1) ?? 0n];
  const isSteady = least > 0n && most * 9n <= least * 10n && most <= mostOfSteady;
  const until = steps[1]?.at ?? 0n;
  const isShown = power.some(({ at, value }) => at <= until && value * 3n >= first.power * 2n);
  const beyond = first.energy - (most * first.lasted) / 3_600_000n;
  const isSteep = first.power > most * 2n && first.power > mostOfReduced;
  return isSteady && !isShown && isSteep && beyond > much;
};
