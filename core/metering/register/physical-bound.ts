/** The most energy in mWh that can be delivered in a time in ms. */
export type PhysicalBound = (milliseconds: bigint) => bigint;

/**
 * The bound for a registered maximum power in W: what it delivers in the time and 2 minutes more, plus a tenth, plus
 * 50 Wh; without a registered power there is none. Never take the power from the charger itself.
 */
export const physicalBound = (maxPowerW: number | undefined): PhysicalBound | undefined => {
  if (maxPowerW === undefined) return undefined;
  const milliWatts = BigInt(Math.round(maxPowerW * 1000));
  return (milliseconds) => (milliWatts * (milliseconds + 120_000n) * 11n) / 36_000_000n + 50_000n;
};
