import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterStep } from '../register/count-register-energy.ts';
import type { SessionWindow } from '../register/session-window.ts';
import { energyUpTo } from './energy-up-to.ts';
import type { PowerSpan } from './integrate-power.ts';
import { isMuchMore } from './is-more.ts';

/** Less energy than this, in mWh, is too little to compare: 100 Wh. */
const comparable = 100_000n;

/** More energy than this above three times what the power shows, in mWh, contradicts it: 5 kWh. */
const muchEnergy = 5_000_000n;

/** More energy than this above three times what was counted, in mWh, contradicts that: 1 kWh. */
const muchPower = 1_000_000n;

/** How counted energy and measured power differ. */
export type PowerVerdict = 'UNIT_KWH_AS_WH' | 'UNIT_WH_AS_KWH' | 'POWER_ENERGY_MISMATCH';

/**
 * Compares the counted energy with the power that was measured over the same time. A thousandfold difference is a
 * wrong unit; it is noted and never repaired silently. Needs power over at least half of the session. `risen` is how
 * far the register rose, whether that was counted or not.
 */
export const checkPower = (
  steps: readonly RegisterStep[],
  spans: readonly PowerSpan[],
  { startedAt, endedAt }: SessionWindow,
  recordAnomaly: RecordAnomaly,
  risen: bigint = steps.at(-1)?.energy ?? 0n,
): PowerVerdict | undefined => {
  const covered = spans.reduce((sum, { from, to }) => sum + (to.at - from.at), 0n);
  const expected = spans.reduce((sum, { energy }) => sum + energy, 0n);
  if (covered === 0n || covered * 2n < endedAt - startedAt) return undefined;
  const counted = spans.reduce(
    (sum, { from, to }) => sum + energyUpTo(steps, to.at) - energyUpTo(steps, from.at),
    0n,
  );
  // A power that is always about zero was not measured: it is shown, and holds nothing.
  if (expected < comparable) {
    if (!isMuchMore(counted, expected)) return undefined;
    recordAnomaly('POWER_ENERGY_MISMATCH', startedAt);
    return 'POWER_ENERGY_MISMATCH';
  }
  // A thousandfold rise is not counted where it is more than can be delivered.
  const code = isThousandfold(risen, expected) ? 'UNIT_WH_AS_KWH' : verdict(counted, expected);
  if (code !== undefined) recordAnomaly(code, startedAt);
  const isFarMore = counted > expected * 3n + muchEnergy;
  const isFarLess = expected > counted * 3n + muchPower;
  if ((isFarMore || isFarLess) && code === 'POWER_ENERGY_MISMATCH')
    recordAnomaly('ENERGY_CONTRADICTED', startedAt);
  return code;
};

const isThousandfold = (counted: bigint, expected: bigint): boolean =>
  counted >= expected * 500n && counted <= expected * 2000n;

const verdict = (counted: bigint, expected: bigint): PowerVerdict | undefined => {
  const perMillion = (counted * 1_000_000n) / expected;
  if (perMillion >= 500n && perMillion <= 2000n) return 'UNIT_KWH_AS_WH';
  if (isThousandfold(counted, expected)) return 'UNIT_WH_AS_KWH';
  return perMillion < 700_000n || perMillion > 1_400_000n ? 'POWER_ENERGY_MISMATCH' : undefined;
};
