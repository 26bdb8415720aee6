/** Less energy than this, in mWh, contradicts nothing: 100 Wh. */
export const comparable = 100_000n;

/** More energy than this above three times what was counted, in mWh, contradicts that: 1 kWh. */
const muchEnergy = 1_000_000n;

/** True if energy of the same meter, in mWh, is more than was counted: by a tenth and 100 Wh. */
export const isMore = (energy: bigint, counted: bigint): boolean =>
  energy > counted + counted / 10n + comparable;

/**
 * True if energy of a meter of the same vehicle, in mWh, is more than what was counted can be: by a quarter and 250 Wh. What is lost
 * between two of them is less than 15 %, and each may be coarse.
 */
export const isBeyondLosses = (energy: bigint, counted: bigint): boolean =>
  energy > counted + counted / 4n + 250_000n;

/** True if energy by another quantity, in mWh, is far more than was counted: more than 100 Wh, and ten times it, or three times it and 1 kWh. */
export const isFarMore = (energy: bigint, counted: bigint): boolean =>
  isMuchMore(energy, counted) || energy > counted * 3n + muchEnergy;

/** True if energy, in mWh, is more than 100 Wh and ten times what was counted. */
export const isMuchMore = (energy: bigint, counted: bigint): boolean =>
  energy >= comparable && energy > counted * 10n;
