import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterStep } from '../register/count-register-energy.ts';
import type { TotalSample } from '../register/total-samples.ts';
import { energyUpTo } from './energy-up-to.ts';
import { leastDrawn, powerSpans } from './integrate-power.ts';
import { isMuchMore } from './is-more.ts';
import type { SessionView } from './session-view.ts';

/** The lowest voltage of any mains, and the highest of any charger, in V: a current times these is the least and the most power. */
const lowest = 110n;
const highest = 1000n;

/** Less energy than this, in mWh, contradicts nothing: 100 Wh. */
const comparable = 100_000n;

/** More energy than this beyond three times what the other shows, in mWh, contradicts it: 1 kWh, or 5 kWh that no current shows. */
const muchCurrent = 1_000_000n;
const muchEnergy = 5_000_000n;

/** A vehicle that draws less than this, in mA, is not charging. */
const standby = 1000n;

/** No connector carries more than this, in mA: a larger number has another unit than A. */
const mostOfConnectors = 3_000_000n;

/**
 * Compares the counted energy with the measured current (`Current.Import`), at the lowest and at the highest voltage that there is. More
 * than three times as much on either side is noted; five times as much current and 1 kWh, or ten times, or three times as much energy over at least half of the
 * session, holds the CDR. Current is never billed.
 */
export const checkCurrent = (
  steps: readonly RegisterStep[],
  { currents, window }: Pick<SessionView, 'currents' | 'window'>,
  recordAnomaly: RecordAnomaly,
): void => {
  const { startedAt, endedAt, stopped } = window;
  if (!stopped || !currents.every(isPossible)) return;
  const spans = powerSpans(currents, () => undefined);
  const counted = steps.at(-1)?.energy ?? 0n;
  const least = lowest * leastDrawn(currents, standby);
  const covered = spans.reduce((sum, { from, to }) => sum + (to.at - from.at), 0n);
  const isCovered = covered > 0n && covered * 2n >= endedAt - startedAt;
  const during = spans.reduce(
    (sum, { from, to }) => sum + energyUpTo(steps, to.at) - energyUpTo(steps, from.at),
    0n,
  );
  const most = highest * spans.reduce((sum, { energy }) => sum + energy, 0n);
  // A current that is always about zero is not measured, as a power of zero is not.
  const isFarMore = least >= comparable && isCovered && during > most * 3n + muchEnergy;
  if (isFarMore || least > counted * 3n + muchCurrent) {
    recordAnomaly('CURRENT_ENERGY_MISMATCH', startedAt);
  }
  const isFarLess = isMuchMore(least, counted) || least > counted * 5n + muchCurrent;
  if (isFarMore || isFarLess) recordAnomaly('ENERGY_CONTRADICTED', startedAt);
};

const isPossible = ({ value }: TotalSample): boolean => value <= mostOfConnectors;
