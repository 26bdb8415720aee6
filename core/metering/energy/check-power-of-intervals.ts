import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import { energyUpTo } from './energy-up-to.ts';
import { comparable } from './is-more.ts';
import type { SessionView } from './session-view.ts';

const hour = 3_600_000n;

/** More energy than this beyond what the power allows, in mWh, contradicts it: 250 Wh. */
const much = 250_000n;

/**
 * Holds the energy of intervals against the power of the whole connector, which tells of intervals that were lost or that hold the energy of others again: over at least half of the
 * session, the energy is two fifths and 250 Wh more than if each two values in turn had been the higher one throughout, or as much less than if they had
 * been the lower one. Power that is always about zero is not measured.
 */
export const checkPowerOfIntervals = (
  { intervals, isTotalPower, spans, window: { startedAt, endedAt } }: SessionView,
  recordAnomaly: RecordAnomaly,
): void => {
  const covered = spans.reduce((sum, { from, to }) => sum + (to.at - from.at), 0n);
  const drawn = spans.reduce((sum, { energy }) => sum + energy, 0n);
  if (!isTotalPower || drawn < comparable || covered * 2n < endedAt - startedAt) return;
  let [counted, least, most] = [0n, 0n, 0n];
  for (const { from, to } of spans) {
    const [low, high] = from.value < to.value ? [from.value, to.value] : [to.value, from.value];
    counted += energyUpTo(intervals, to.at) - energyUpTo(intervals, from.at);
    least += (low * (to.at - from.at)) / hour;
    most += (high * (to.at - from.at)) / hour;
  }
  const isMore = counted > (most * 7n) / 5n + much;
  const isLess = least > (counted * 7n) / 5n + much;
  if (isMore || isLess) recordAnomaly('ENERGY_CONTRADICTED', startedAt);
};
