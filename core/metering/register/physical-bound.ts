/** The most energy in mWh that can be delivered in a time in ms. */
export type PhysicalBound = (milliseconds: bigint) => bigint;

const hour = 3_600_000n;

/** The most that a vehicle takes at once, in mWh, where its charger is not made for more: 300 kWh. */
const mostOfAnyVehicle = 300_000_000n;

/** Hours at full power after which every battery is full: the larger the charger, the larger the vehicles that come to it. */
const hoursToFill = 4n;

const upTo = (most: bigint, energy: bigint): bigint => {
  if (energy > most) return most;
  return energy;
};

/**
 * The bound for a registered maximum power in W: what it delivers in the time and 2 minutes more, plus a tenth, plus
 * 50 Wh, and no more than a vehicle takes, which is 300 kWh or what it delivers in four hours; `undefined` where none is
 * registered. Never take the power from the charger itself.
 */
export const physicalBound = (maxPowerW: number | undefined): PhysicalBound | undefined => {
  if (maxPowerW === undefined) return undefined;
  const milliWatts = BigInt(Math.round(maxPowerW * 1000));
  const mostOfVehicles = milliWatts * hoursToFill;
  const most = mostOfVehicles > mostOfAnyVehicle ? mostOfVehicles : mostOfAnyVehicle;
  return (milliseconds) =>
    upTo(most, (milliWatts * (milliseconds + 120_000n) * 11n) / 36_000_000n + 50_000n);
};

/** Maximum power of any charger for cars, in mW: CCS ends at 500 A and 1000 V. A more powerful one has to be registered. */
const mostOfAnyCharger = 500_000_000n;

/** The bound for a charger of which no maximum power is registered: 500 kW, in the time and half a minute more, up to 300 kWh. */
export const anyChargerBound: PhysicalBound = (milliseconds) =>
  upTo(mostOfAnyVehicle, (mostOfAnyCharger * (milliseconds + 30_000n)) / hour);
