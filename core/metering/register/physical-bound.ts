/** The most energy in mWh that can be delivered in a time in ms. */
export type PhysicalBound = (milliseconds: bigint) => bigint;

/**
 * The bound for a registered maximum power in W: what it delivers in the time and 2 minutes more, plus a tenth, plus
 * 50 Wh; `undefined` where none is registered. Never take the power from the charger itself.
 */
export const physicalBound = (maxPowerW: number | undefined): PhysicalBound | undefined => {
  if (maxPowerW === undefined) return undefined;
  const milliWatts = BigInt(Math.round(maxPowerW * 1000));
  return (milliseconds) => (milliWatts * (milliseconds + 120_000n) * 11n) / 36_000_000n + 50_000n;
};

/** Maximum power of any charger for cars, in mW: CCS ends at 500 A and 1000 V. A more powerful one has to be registered. */
const mostOfAnyCharger = 500_000_000n;

/** The bound for a charger of which no maximum power is registered: 500 kW, in the time and half a minute more. */
export const anyChargerBound: PhysicalBound = (milliseconds) =>
  (mostOfAnyCharger * (milliseconds + 30_000n)) / 3_600_000n;
