import type { Metered } from '../../metering/model/metered.ts';
import type { Tariff } from '../model/tariff.ts';
import type { ChargePeriod } from '../rate/charge-period.ts';
import { type RateCard, rateFor } from '../rate/rate-card.ts';
import { splitSession } from './split-session.ts';

const milliseconds = (minutes: number): bigint => BigInt(minutes) * 60_000n;

/**
 * Cuts a session wherever a price of its tariff can change, with the idle time that its grace period and its cap make free. The grace period runs in all
 * idle time from its beginning on, whatever that costs; the cap counts only what has a price above 0, so that free hours use up nothing of it.
 */
export const splitBilled = (
  { idleGraceMinutes = 0, idleCapMinutes }: Tariff,
  card: RateCard,
  metered: Metered,
  timeZone: string,
): readonly ChargePeriod[] => {
  const from = milliseconds(idleGraceMinutes);
  const uncapped = splitSession(card, metered, timeZone, { from });
  if (idleCapMinutes === undefined) return uncapped;
  const until = idleAtCap(card, uncapped, milliseconds(idleCapMinutes));
  return until === undefined ? uncapped : splitSession(card, metered, timeZone, { from, until });
};

/** How long a session has idled, priced or not, when so much of that was billed; undefined if that is never reached. */
const idleAtCap = (
  card: RateCard,
  periods: readonly ChargePeriod[],
  cap: bigint,
): bigint | undefined => {
  let [idled, billed] = [0n, 0n];
  for (const { volumes, idleIsFree, situation } of periods) {
    const { PARKING_TIME: time = 0n } = volumes;
    const isBilled = !idleIsFree && (rateFor(card, 'PARKING_TIME', situation)?.price ?? 0n) > 0n;
    if (isBilled && billed + time >= cap) return idled + cap - billed;
    idled += time;
    if (isBilled) billed += time;
  }
  return undefined;
};
