import { comparable, isBeyondLosses, isFarMore } from '../../metering/energy/is-more.ts';
import type { Metered } from '../../metering/model/metered.ts';
import { type FoundPair, type SignedPairMismatch, timedEnds } from './foreign-signed-pair.ts';
import { isSilent } from './is-silent.ts';

/** A register in whole kWh may be rounded by this, in mWh; any other by a quarter of it at most. */
const wholeKwh = 1_000_000n;

/**
 * Guards against genuine records that need not be those of their session. A synchronised time shows that they are; a pair without one is no stronger
 * than what else was measured, and a charger that is always one record behind sends that of the session before. One that shows no energy
 * although the session has more than 100 Wh was not refreshed, whatever its times say.
 */
export const signedPairDoubts = (
  pair: FoundPair,
  unsigned: Metered,
): readonly SignedPairMismatch[] => {
  if (isSilent(unsigned)) return [];
  if (pair.energy === 0n && unsigned.energy > comparable) return ['SHOWS_NO_ENERGY'];
  if (timedEnds(pair).length > 0) return [];
  return [
    ...(agrees(pair, unsigned) ? [] : (['UNPLACED_AND_APART'] as const)),
    ...(isBeside(pair, unsigned) ? (['UNPLACED_AND_BESIDE'] as const) : []),
  ];
};

/** True if a pair shows the energy of the session, or one that it can have had where its readings contradict each other: by a quarter and 250 Wh, by power three times. */
const agrees = (
  { energy }: FoundPair,
  { energy: counted, hold, quality, candidates = [] }: Metered,
): boolean => {
  const isMore = quality === 'power' ? isFarMore : isBeyondLosses;
  const known = [counted, ...(hold ? candidates.map((one) => one.energy) : [])];
  return known.some((one) => !(isMore(energy, one) || isMore(one, energy)));
};

/**
 * True if a pair lies beside the registers of its session and on their scale, as that of the session before does, which ends where this one begins. A
 * meter of its own has another scale, and a register that begins with 0 may count its session alone.
 */
const isBeside = (
  { start, stop }: FoundPair,
  { meterStart, meterStop, energy }: Metered,
): boolean => {
  if (meterStart === undefined || meterStop === undefined) return false;
  const [from, to] = [meterStart.register, meterStop.register];
  const rounded = from % wholeKwh === 0n || to % wholeKwh === 0n ? wholeKwh : wholeKwh / 4n;
  const apart = energy / 4n + rounded;
  const isOnScale = stop.register >= from - rounded && start.register <= to + rounded;
  const isOutside = start.register < from - apart || stop.register > to + apart;
  return from > 0n && isOnScale && isOutside;
};
